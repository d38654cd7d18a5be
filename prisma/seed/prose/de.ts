import { capitalised, noBreakSpace, number, scaled, separators } from './numbers.ts';
import type { Prose } from './prose.ts';

export const de: Prose = {
  regions: {
    'north-america': { name: 'Nordamerika', subject: 'Nordamerika', within: 'in Nordamerika' },
    europe: { name: 'Europa', subject: 'Europa', within: 'in Europa' },
    'asia-pacific': {
      name: 'Asien-Pazifik',
      subject: 'die Region Asien-Pazifik',
      within: 'in der Region Asien-Pazifik',
    },
    'latin-america': { name: 'Lateinamerika', subject: 'Lateinamerika', within: 'in Lateinamerika' },
    'middle-east-africa': {
      name: 'Naher Osten & Afrika',
      subject: 'die Region Naher Osten und Afrika',
      within: 'in der Region Naher Osten und Afrika',
    },
  },
  money(usdM) {
    const { text, unit } = scaled(usdM, separators.german);
    return `${text}${noBreakSpace}${unit === 'million' ? 'Mio.' : 'Mrd.'}${noBreakSpace}US-Dollar`;
  },
  percent: (value, decimals) => `${number(value, decimals, separators.german)}${noBreakSpace}%`,
  segmentName: (name) => name,
  title: (market, forecastYear) => `Markt für ${market}: Ausblick bis ${forecastYear}`,
  openings: [
    ({ market, base, end, size, forecast, cagr }) =>
      `Der Markt für ${market} erreichte ${base} ein Volumen von ${size} und dürfte bis ${end} auf ${forecast} wachsen, im Schnitt um ${cagr} pro Jahr.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `Von ${size} im Jahr ${base} auf ${forecast} im Jahr ${end}: Der Markt für ${market} wächst voraussichtlich um ${cagr} jährlich.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `Wir beziffern den Markt für ${market} im Jahr ${base} auf ${size}; bei einer durchschnittlichen jährlichen Wachstumsrate von ${cagr} wird er ${end} bei ${forecast} liegen.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `Der Umsatz im Markt für ${market} betrug im Jahr ${base} rund ${size}; für ${end} rechnen wir mit ${forecast}, einem jährlichen Plus von ${cagr}.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `Bis ${end} wächst der Markt für ${market} auf ${forecast}, nach ${size} im Jahr ${base} (CAGR: ${cagr}).`,
    ({ market, base, end, size, forecast, cagr }) =>
      `Dieser Bericht veranschlagt den Markt für ${market} auf ${size} im Jahr ${base} und auf ${forecast} im Jahr ${end}, was einem Wachstum von ${cagr} pro Jahr entspricht.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `Die Nachfrage im Markt für ${market} summierte sich ${base} auf ${size} und steigt bei einem Wachstum von ${cagr} pro Jahr bis ${end} auf ${forecast}.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `Um ${cagr} pro Jahr dürfte der Markt für ${market} zulegen: von ${size} (${base}) auf ${forecast} (${end}).`,
  ],
  segments: [
    ({ by, segment, share, rising }) =>
      `Nach ${by} entfielen zuletzt ${share} des Umsatzes auf das Segment ${segment}; am schnellsten wuchs das Segment ${rising}.`,
    ({ by, segment, share, rising }) =>
      `In der Aufteilung nach ${by} führt das Segment ${segment} mit ${share}, während das Segment ${rising} am stärksten zulegt.`,
    ({ by, segment, share, rising, end }) =>
      `Gegliedert nach ${by} liegt das Segment ${segment} mit ${share} des Umsatzes vorn; bis ${end} holt das Segment ${rising} auf.`,
    ({ by, segment, share, rising }) =>
      `Die Analyse nach ${by} zeigt das Segment ${segment} mit ${share} an der Spitze, den größten Zugewinn aber verbucht das Segment ${rising}.`,
    ({ by, segment, share, rising, base }) =>
      `Nach ${by} betrachtet stammten ${share} der Erlöse des Jahres ${base} aus dem Segment ${segment}; das höchste Tempo erwarten wir im Segment ${rising}.`,
    ({ by, segment, share, rising, end }) =>
      `Nach ${by} ist das Segment ${segment} mit ${share} des Umsatzes das größte, doch das Segment ${rising} gewinnt bis ${end} Jahr für Jahr Anteile.`,
  ],
  regionsCompared: [
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `${capitalised(region.subject)} lag mit ${regionShare} des Umsatzes vorn; am schnellsten wächst mit ${risingCagr} pro Jahr ${risingRegion.subject}.`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `Größter regionaler Markt mit einem Anteil von ${regionShare} ist ${region.subject}, das höchste Wachstum (${risingCagr} pro Jahr) erwarten wir ${risingRegion.within}.`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `Rund ${regionShare} des Umsatzes wurden ${region.within} erzielt, das Tempo ist jedoch ${risingRegion.within} am höchsten: ${risingCagr} pro Jahr.`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `Im regionalen Vergleich steht ${region.subject} mit ${regionShare} an erster Stelle, während die Umsätze ${risingRegion.within} um ${risingCagr} jährlich steigen dürften.`,
    ({ region, regionShare, risingRegion, risingCagr, end }) =>
      `Das stärkste Wachstum bis ${end} sehen wir ${risingRegion.within} (${risingCagr} pro Jahr), auch wenn ${region.subject} heute mit ${regionShare} des Umsatzes vorn liegt.`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `Die Anbieter erlösten ${regionShare} ihres Umsatzes ${region.within}; neues Geschäft entsteht vor allem ${risingRegion.within}, mit ${risingCagr} Wachstum pro Jahr.`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `Der Blick auf die Regionen zeigt: ${capitalised(region.subject)} führt mit ${regionShare} des Marktes, ${risingRegion.subject} holt mit ${risingCagr} pro Jahr auf.`,
  ],
  forces: [
    ({ driver, otherDriver, restraint }) =>
      `Für Wachstum sorgen vor allem ${driver} und ${otherDriver}; größtes Hemmnis: ${restraint}.`,
    ({ driver, otherDriver, restraint }) =>
      `Für den Markt sprechen ${driver} und ${otherDriver}, gegen ihn ${restraint}.`,
    ({ driver, otherDriver, restraint }) =>
      `Rückenwind geben ${driver} und ${otherDriver}; als Hürde nennen die Befragten ${restraint}.`,
    ({ driver, otherDriver, restraint }) =>
      `Getragen wird das Wachstum durch ${driver} sowie ${otherDriver}, gebremst durch ${restraint}.`,
    ({ driver, otherDriver, restraint }) =>
      `Hinter den Zahlen stehen ${driver} und ${otherDriver}; das größte Risiko: ${restraint}.`,
    ({ driver, otherDriver, restraint }) =>
      `Unsere Analysten nennen ${driver} und ${otherDriver} als stärkste Impulse und ${restraint} als größtes Hindernis.`,
    ({ driver, otherDriver, restraint }) =>
      `Die Prognose unterstellt ${driver} und ${otherDriver} und berücksichtigt als Unsicherheitsfaktor ${restraint}.`,
    ({ driver, otherDriver, restraint }) =>
      `Neue Aufträge bringen ${driver} und ${otherDriver}; Wachstum kosten dürfte manche Anbieter vor allem eines: ${restraint}.`,
    ({ driver, otherDriver, restraint }) =>
      `Zwei Entwicklungen prägen den Markt, ${driver} und ${otherDriver}; zu beachten bleibt eine Bremse: ${restraint}.`,
  ],
  space: ' ',
  contents: {
    summary: {
      title: 'Zusammenfassung',
      sections: [
        ({ base, end }) => [
          `Der Markt im Überblick, ${base}–${end}`,
          'Wichtigste Ergebnisse',
          'Woher das Wachstum kommt',
        ],
        ({ base, end }) => [
          'Die zehn wichtigsten Ergebnisse',
          `Marktvolumen ${base} und ${end}`,
          'Was jetzt zu tun ist',
        ],
        ({ end }) => [
          'Ergebnisse in Kürze',
          `Szenarien bis ${end}`,
          'Empfehlungen für Anbieter und Investoren',
        ],
      ],
    },
    scope: {
      title: 'Abgrenzung und Begriffe',
      sections: [
        () => ['Was zum Markt gehört', 'Betrachtete Segmente und Regionen', 'Währung und Preise'],
        ({ base }) => ['Grenzen des Marktes', 'Verwendete Begriffe', `Basisjahr ${base} und Preisbasis`],
      ],
    },
    forces: {
      title: 'Marktdynamik',
      driver: (phrase) => `Treiber: ${phrase}`,
      restraint: (phrase) => `Hemmnis: ${phrase}`,
      sections: [
        () => ['Chancen', 'Wettbewerbskräfte'],
        () => ['Chancen für neue Anbieter', 'Politisches und wirtschaftliches Umfeld'],
        ({ end }) => [`Trends bis ${end}`, 'Sensitivität der Prognose'],
      ],
    },
    valueChain: {
      title: 'Wertschöpfungskette und Regulierung',
      sections: [
        () => ['Zulieferer und Vorprodukte', 'Preisentwicklung', 'Normen und Vorschriften'],
        () => ['Vom Rohstoff zum Kunden', 'Kostenstruktur und Margen', 'Patente und Forschung'],
        () => ['Beschaffung und Handelsströme', 'Technologischer Fahrplan', 'Vorschriften nach Region'],
      ],
    },
    bySegment: (by) => `Markt nach ${by}`,
    byRegion: 'Markt nach Region',
    competition: {
      title: 'Wettbewerb',
      sections: [
        ({ base }) => [`Marktanteile ${base}`, 'Fusionen, Übernahmen und Allianzen', 'Unternehmensprofile'],
        () => ['Positionierung der führenden Anbieter', 'Produkteinführungen', 'Unternehmensprofile'],
        () => [
          'Konzentration des Marktes',
          'Strategien von Marktführern und Herausforderern',
          'Unternehmensprofile',
        ],
      ],
    },
    method: {
      title: 'Methodik',
      sections: [
        () => [
          'Interviews mit Anbietern und Käufern',
          'Auswertung veröffentlichter Quellen',
          'Marktmodell und Annahmen',
        ],
        () => ['Quellen und Datenerhebung', 'Schätzung von oben und von unten', 'Grenzen der Prognose'],
      ],
    },
  },
};
