import { capitalised, noBreakSpace, number, scaled, separators } from './numbers.ts';
import type { Prose } from './prose.ts';

/** "a" with the article that the number's first sound demands: al 7%, but all’8%, all’11%. */
function to(percentage: string): string {
  return /^(8|11\D)/.test(percentage) ? `all’${percentage}` : `al ${percentage}`;
}

export const it: Prose = {
  regions: {
    'north-america': { name: 'Nord America', subject: 'il Nord America', within: 'in Nord America' },
    europe: { name: 'Europa', subject: 'l’Europa', within: 'in Europa' },
    'asia-pacific': { name: 'Asia-Pacifico', subject: 'l’Asia-Pacifico', within: 'nell’Asia-Pacifico' },
    'latin-america': { name: 'America Latina', subject: 'l’America Latina', within: 'in America Latina' },
    'middle-east-africa': {
      name: 'Medio Oriente e Africa',
      subject: 'l’area Medio Oriente e Africa',
      within: 'nell’area Medio Oriente e Africa',
    },
  },
  money(usdM) {
    const { text, unit } = scaled(usdM, separators.german);
    return `${text}${noBreakSpace}${unit === 'million' ? 'milioni' : 'miliardi'} di dollari`;
  },
  percent: (value, decimals) => `${number(value, decimals, separators.german)}%`,
  segmentName: (name) => name,
  title: (market, forecastYear) => `Mercato ${market}: prospettive al ${forecastYear}`,
  openings: [
    ({ market, base, end, size, forecast, cagr }) =>
      `Il mercato ${market} ha raggiunto ${size} nel ${base} e dovrebbe salire a ${forecast} entro il ${end}, con una crescita media annua pari ${to(cagr)}.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `Da ${size} nel ${base} a ${forecast} nel ${end}: il mercato ${market} procede a un ritmo di crescita annuo pari ${to(cagr)}.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `Stimiamo il mercato ${market} in ${size} per il ${base}; con un tasso di crescita annuo composto pari ${to(cagr)}, varrà ${forecast} nel ${end}.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `Il fatturato del mercato ${market} è stato di ${size} nel ${base}; per il ${end} prevediamo ${forecast} (crescita annua composta: ${cagr}).`,
    ({ market, base, end, size, forecast, cagr }) =>
      `Entro il ${end} il mercato ${market} si porterà a ${forecast}, da ${size} nel ${base} (CAGR: ${cagr}).`,
    ({ market, base, end, size, forecast, cagr }) =>
      `Questo rapporto quantifica il mercato ${market} in ${size} per il ${base} e in ${forecast} per il ${end}: una crescita annua pari ${to(cagr)}.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `La domanda nel mercato ${market} è ammontata a ${size} nel ${base} e, con un aumento annuo pari ${to(cagr)}, toccherà ${forecast} nel ${end}.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `Con una crescita annua pari ${to(cagr)}, il mercato ${market} passerà da ${size} nel ${base} a ${forecast} nel ${end}.`,
  ],
  segments: [
    ({ by, segment, share, rising, base }) =>
      `Per ${by}, nel ${base} il segmento ${segment} ha generato una quota di ricavi pari al ${share}, mentre il segmento ${rising} è cresciuto più in fretta.`,
    ({ by, segment, share, rising }) =>
      `Nella ripartizione per ${by} la quota maggiore spetta al segmento ${segment} (${share}), l’aumento più marcato al segmento ${rising}.`,
    ({ by, segment, share, rising, end }) =>
      `L’analisi per ${by} vede in testa il segmento ${segment} con il ${share} delle vendite, un vantaggio che il segmento ${rising} ridurrà entro il ${end}.`,
    ({ by, segment, share, rising }) =>
      `Suddiviso per ${by}, il mercato è dominato dal segmento ${segment} (${share}), ma è il segmento ${rising} a guadagnare più terreno.`,
    ({ by, segment, share, rising, base }) =>
      `Nel ${base}, considerando le vendite per ${by}, il ${share} proveniva dal segmento ${segment}; la crescita più rapida è attesa nel segmento ${rising}.`,
    ({ by, segment, share, rising, end }) =>
      `Il primo segmento per ${by} è ${segment}, con il ${share} dei ricavi, ma il segmento ${rising} guadagnerà quote ogni anno fino al ${end}.`,
  ],
  regionsCompared: [
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `${capitalised(region.subject)} guida le vendite con il ${regionShare}; a crescere di più sarà ${risingRegion.subject} (${risingCagr} annuo).`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `Il primo mercato regionale, con una quota del ${regionShare}, è ${region.subject}, mentre la crescita maggiore (${risingCagr} annuo) è prevista ${risingRegion.within}.`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `Circa il ${regionShare} dei ricavi è stato realizzato ${region.within}, ma il ritmo è più vivace ${risingRegion.within}, dove ci attendiamo un aumento annuo pari ${to(risingCagr)}.`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `Nel confronto geografico ${region.subject} si colloca davanti a tutti con il ${regionShare}, mentre le vendite ${risingRegion.within} saliranno a un ritmo annuo pari ${to(risingCagr)}.`,
    ({ region, regionShare, risingRegion, risingCagr, end }) =>
      `Fino al ${end} la crescita sarà più forte ${risingRegion.within} (${risingCagr} annuo), anche se oggi ${region.subject} resta in testa con il ${regionShare} dei ricavi.`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `I fornitori hanno realizzato il ${regionShare} delle vendite ${region.within}; le nuove opportunità nasceranno soprattutto ${risingRegion.within}, con una crescita annua pari ${to(risingCagr)}.`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `Il confronto tra le aree vede ${region.subject} in testa con il ${regionShare} del mercato e ${risingRegion.subject} in recupero (${risingCagr} annuo).`,
  ],
  forces: [
    ({ driver, otherDriver, restraint }) =>
      `A sostenere la crescita sono soprattutto ${driver} e ${otherDriver}; il freno principale: ${restraint}.`,
    ({ driver, otherDriver, restraint }) =>
      `Giocano a favore del mercato ${driver} e ${otherDriver}; contro, ${restraint}.`,
    ({ driver, otherDriver, restraint }) =>
      `Due forze favoriscono i fornitori, ${driver} e ${otherDriver}, a fronte di un ostacolo: ${restraint}.`,
    ({ driver, otherDriver, restraint }) =>
      `Trainano la crescita ${driver} e ${otherDriver}, con ${restraint} a frenarla.`,
    ({ driver, otherDriver, restraint }) =>
      `Dietro le cifre ci sono ${driver} e ${otherDriver}, con ${restraint} come rischio principale.`,
    ({ driver, otherDriver, restraint }) =>
      `I nostri analisti indicano ${driver} e ${otherDriver} come impulsi più forti e ${restraint} come primo ostacolo.`,
    ({ driver, otherDriver, restraint }) =>
      `La previsione presuppone ${driver} e ${otherDriver} e considera un fattore di incertezza: ${restraint}.`,
    ({ driver, otherDriver, restraint }) =>
      `Due tendenze segnano il mercato, ${driver} e ${otherDriver}, con una riserva: ${restraint}.`,
    ({ driver, otherDriver, restraint }) =>
      `Tra le cause dell’aumento spiccano ${driver} e ${otherDriver}; tra gli ostacoli, ${restraint}.`,
  ],
  space: ' ',
  contents: {
    summary: {
      title: 'Sintesi',
      sections: [
        ({ base, end }) => [
          `Il mercato in sintesi, ${base}–${end}`,
          'Risultati principali',
          'Da dove verrà la crescita',
        ],
        ({ base, end }) => [
          'I dieci risultati chiave',
          `Dimensione del mercato nel ${base} e nel ${end}`,
          'Che cosa fare adesso',
        ],
        ({ end }) => [
          'L’essenziale in breve',
          `Scenari fino al ${end}`,
          'Raccomandazioni per fornitori e investitori',
        ],
      ],
    },
    scope: {
      title: 'Perimetro e definizioni',
      sections: [
        () => ['Che cosa comprende il mercato', 'Segmenti e aree considerati', 'Valuta e prezzi'],
        ({ base }) => ['Confini del mercato', 'Termini utilizzati', `Anno base ${base} e base dei prezzi`],
      ],
    },
    forces: {
      title: 'Dinamiche di mercato',
      driver: (phrase) => `Motore: ${phrase}`,
      restraint: (phrase) => `Freno: ${phrase}`,
      sections: [
        () => ['Opportunità', 'Forze competitive'],
        () => ['Opportunità per i nuovi concorrenti', 'Contesto politico ed economico'],
        ({ end }) => [`Tendenze fino al ${end}`, 'Sensibilità della previsione'],
      ],
    },
    valueChain: {
      title: 'Catena del valore e normativa',
      sections: [
        () => ['Fornitori e materie prime', 'Andamento dei prezzi', 'Norme e regolamenti'],
        () => ['Dalla materia prima al cliente', 'Struttura dei costi e margini', 'Brevetti e ricerca'],
        () => ['Approvvigionamento e flussi commerciali', 'Tabella di marcia tecnologica', 'Norme per area'],
      ],
    },
    bySegment: (by) => `Mercato per ${by}`,
    byRegion: 'Mercato per area geografica',
    competition: {
      title: 'Scenario competitivo',
      sections: [
        ({ base }) => [
          `Quote di mercato nel ${base}`,
          'Fusioni, acquisizioni e alleanze',
          'Profili delle imprese',
        ],
        () => ['Posizionamento dei principali fornitori', 'Lanci di prodotto', 'Profili delle imprese'],
        () => ['Concentrazione del mercato', 'Strategie di leader e sfidanti', 'Profili delle imprese'],
      ],
    },
    method: {
      title: 'Metodologia',
      sections: [
        () => [
          'Interviste a fornitori e acquirenti',
          'Analisi delle fonti pubblicate',
          'Modello di mercato e ipotesi',
        ],
        () => ['Fonti e raccolta dei dati', 'Stime dall’alto e dal basso', 'Limiti della previsione'],
      ],
    },
  },
};
