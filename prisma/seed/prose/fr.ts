import { capitalised, noBreakSpace, number, scaled, separators } from './numbers.ts';
import type { Prose } from './prose.ts';

export const fr: Prose = {
  regions: {
    'north-america': {
      name: 'Amérique du Nord',
      subject: 'l’Amérique du Nord',
      within: 'en Amérique du Nord',
    },
    europe: { name: 'Europe', subject: 'l’Europe', within: 'en Europe' },
    'asia-pacific': { name: 'Asie-Pacifique', subject: 'l’Asie-Pacifique', within: 'en Asie-Pacifique' },
    'latin-america': { name: 'Amérique latine', subject: 'l’Amérique latine', within: 'en Amérique latine' },
    'middle-east-africa': {
      name: 'Moyen-Orient et Afrique',
      subject: 'la région Moyen-Orient et Afrique',
      within: 'dans la région Moyen-Orient et Afrique',
    },
  },
  money(usdM) {
    const { text, unit, amount } = scaled(usdM, separators.french);
    return `${text}${noBreakSpace}${unit === 'million' ? 'million' : 'milliard'}${amount < 2 ? '' : 's'} de dollars`;
  },
  percent: (value, decimals) => `${number(value, decimals, separators.french)}${noBreakSpace}%`,
  segmentName: (name) => name,
  title: (market, forecastYear) => `Marché ${market} : perspectives à l’horizon ${forecastYear}`,
  openings: [
    ({ market, base, end, size, forecast, cagr }) =>
      `Le marché ${market} a atteint ${size} en ${base} et devrait passer à ${forecast} d’ici ${end}, soit une croissance moyenne de ${cagr} par an.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `De ${size} en ${base} à ${forecast} en ${end} : le marché ${market} progresserait de ${cagr} par an.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `Nous évaluons le marché ${market} à ${size} en ${base} ; avec un taux de croissance annuel composé de ${cagr}, il atteindra ${forecast} en ${end}.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `Le chiffre d’affaires du marché ${market} s’est élevé à ${size} en ${base} ; notre prévision pour ${end} est de ${forecast}, soit un gain annuel de ${cagr}.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `D’ici ${end}, le marché ${market} s’établira à ${forecast}, contre ${size} en ${base} (TCAC : ${cagr}).`,
    ({ market, base, end, size, forecast, cagr }) =>
      `Ce rapport chiffre le marché ${market} à ${size} pour ${base} et à ${forecast} pour ${end}, ce qui correspond à une hausse de ${cagr} par an.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `La demande sur le marché ${market} a totalisé ${size} en ${base} ; à raison de ${cagr} par an, elle s’élèvera à ${forecast} en ${end}.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `Une croissance de ${cagr} par an attend le marché ${market}, qui passera de ${size} en ${base} à ${forecast} en ${end}.`,
  ],
  segments: [
    ({ by, segment, share, rising, base }) =>
      `Par ${by}, le segment ${segment} a représenté ${share} du chiffre d’affaires en ${base}, tandis que le segment ${rising} a progressé le plus vite.`,
    ({ by, segment, share, rising }) =>
      `Dans la répartition par ${by}, la première part revient au segment ${segment} (${share}), la plus forte hausse au segment ${rising}.`,
    ({ by, segment, share, rising, end }) =>
      `L’analyse par ${by} place en tête le segment ${segment} avec ${share} des ventes, une avance que le segment ${rising} réduira d’ici ${end}.`,
    ({ by, segment, share, rising }) =>
      `Ventilé par ${by}, le marché est dominé par le segment ${segment} (${share}), mais c’est le segment ${rising} qui gagne le plus de terrain.`,
    ({ by, segment, share, rising, base }) =>
      `En ${base}, ${share} des ventes par ${by} provenaient du segment ${segment} ; la croissance la plus rapide est attendue dans le segment ${rising}.`,
    ({ by, segment, share, rising, end }) =>
      `Premier segment par ${by}, ${segment} concentre ${share} du chiffre d’affaires, mais le segment ${rising} gagnera des parts chaque année jusqu’en ${end}.`,
  ],
  regionsCompared: [
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `${capitalised(region.subject)} arrive en tête avec ${regionShare} des ventes ; ${risingRegion.subject} connaîtra la plus forte croissance, à ${risingCagr} par an.`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `Le premier marché régional est ${region.subject}, avec ${regionShare}, et la progression la plus vive (${risingCagr} par an) est attendue ${risingRegion.within}.`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `Quelque ${regionShare} du chiffre d’affaires ont été réalisés ${region.within}, mais c’est ${risingRegion.within} que le rythme est le plus soutenu : ${risingCagr} par an.`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `Sur le plan régional, ${region.subject} se classe première avec ${regionShare}, tandis que les ventes ${risingRegion.within} devraient augmenter de ${risingCagr} par an.`,
    ({ region, regionShare, risingRegion, risingCagr, end }) =>
      `Jusqu’en ${end}, la croissance sera la plus forte ${risingRegion.within} (${risingCagr} par an), même si ${region.subject} garde aujourd’hui la première place avec ${regionShare} du chiffre d’affaires.`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `Les fournisseurs ont réalisé ${regionShare} de leurs ventes ${region.within} ; les nouvelles affaires naîtront surtout ${risingRegion.within}, avec ${risingCagr} de croissance annuelle.`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `La comparaison des régions montre ${region.subject} en tête avec ${regionShare} du marché et ${risingRegion.subject} en plein rattrapage, à ${risingCagr} par an.`,
  ],
  forces: [
    ({ driver, otherDriver, restraint }) =>
      `La croissance repose sur ${driver} et sur ${otherDriver} ; principal frein : ${restraint}.`,
    ({ driver, otherDriver, restraint }) =>
      `À l’actif du marché, on compte ${driver} et ${otherDriver} ; à son passif, ${restraint}.`,
    ({ driver, otherDriver, restraint }) =>
      `Deux forces soutiennent les fournisseurs, ${driver} et ${otherDriver}, mais ils doivent composer avec ${restraint}.`,
    ({ driver, otherDriver, restraint }) =>
      `La croissance est portée par ${driver} ainsi que par ${otherDriver}, et freinée par ${restraint}.`,
    ({ driver, otherDriver, restraint }) =>
      `Derrière ces chiffres, on trouve ${driver} et ${otherDriver}, avec ${restraint} pour principal risque.`,
    ({ driver, otherDriver, restraint }) =>
      `Nos analystes citent ${driver} et ${otherDriver} parmi les impulsions les plus fortes, et ${restraint} comme premier obstacle.`,
    ({ driver, otherDriver, restraint }) =>
      `La prévision suppose ${driver} et ${otherDriver}, et tient compte d’un facteur d’incertitude : ${restraint}.`,
    ({ driver, otherDriver, restraint }) =>
      `Parmi les causes de la hausse figurent ${driver} et ${otherDriver} ; parmi les obstacles, ${restraint}.`,
    ({ driver, otherDriver, restraint }) =>
      `Deux évolutions marquent le marché, ${driver} et ${otherDriver}, avec un bémol : ${restraint}.`,
  ],
  space: ' ',
  contents: {
    summary: {
      title: 'Synthèse',
      sections: [
        ({ base, end }) => [
          `Le marché en un coup d’œil, ${base}–${end}`,
          'Principaux résultats',
          'D’où viendra la croissance',
        ],
        ({ base, end }) => [
          'Les dix résultats essentiels',
          `Taille du marché en ${base} et en ${end}`,
          'Ce qu’il faut faire maintenant',
        ],
        ({ end }) => [
          'L’essentiel en bref',
          `Scénarios jusqu’en ${end}`,
          'Recommandations aux fournisseurs et investisseurs',
        ],
      ],
    },
    scope: {
      title: 'Périmètre et définitions',
      sections: [
        () => ['Ce que recouvre le marché', 'Segments et régions étudiés', 'Monnaie et prix'],
        ({ base }) => ['Limites du marché', 'Termes employés', `Année de référence ${base} et base de prix`],
      ],
    },
    forces: {
      title: 'Dynamique du marché',
      driver: (phrase) => `Moteur : ${phrase}`,
      restraint: (phrase) => `Frein : ${phrase}`,
      sections: [
        () => ['Opportunités', 'Forces concurrentielles'],
        () => ['Opportunités pour les nouveaux entrants', 'Contexte politique et économique'],
        ({ end }) => [`Tendances jusqu’en ${end}`, 'Sensibilité des prévisions'],
      ],
    },
    valueChain: {
      title: 'Chaîne de valeur et réglementation',
      sections: [
        () => ['Fournisseurs et intrants', 'Évolution des prix', 'Normes et réglementation'],
        () => ['De la matière première au client', 'Structure des coûts et marges', 'Brevets et recherche'],
        () => [
          'Approvisionnement et flux commerciaux',
          'Feuille de route technologique',
          'Règles par région',
        ],
      ],
    },
    bySegment: (by) => `Marché par ${by}`,
    byRegion: 'Marché par région',
    competition: {
      title: 'Paysage concurrentiel',
      sections: [
        ({ base }) => [
          `Parts de marché en ${base}`,
          'Fusions, acquisitions et alliances',
          'Profils d’entreprises',
        ],
        () => [
          'Positionnement des principaux fournisseurs',
          'Lancements de produits',
          'Profils d’entreprises',
        ],
        () => [
          'Concentration du marché',
          'Stratégies des leaders et des challengers',
          'Profils d’entreprises',
        ],
      ],
    },
    method: {
      title: 'Méthodologie',
      sections: [
        () => [
          'Entretiens avec fournisseurs et acheteurs',
          'Exploitation des sources publiées',
          'Modèle de marché et hypothèses',
        ],
        () => [
          'Sources et collecte des données',
          'Estimations descendantes et ascendantes',
          'Limites des prévisions',
        ],
      ],
    },
  },
  /** No line may begin with a punctuation mark that French sets off by a space. */
  typography: (text) => text.replace(/ ([:;?!])/g, `${noBreakSpace}$1`),
};
