import { capitalised, noBreakSpace, number, roundForText, separators } from './numbers.ts';
import type { Prose } from './prose.ts';

export const es: Prose = {
  regions: {
    'north-america': {
      name: 'América del Norte',
      subject: 'América del Norte',
      within: 'en América del Norte',
    },
    europe: { name: 'Europa', subject: 'Europa', within: 'en Europa' },
    'asia-pacific': { name: 'Asia-Pacífico', subject: 'Asia-Pacífico', within: 'en Asia-Pacífico' },
    'latin-america': { name: 'América Latina', subject: 'América Latina', within: 'en América Latina' },
    'middle-east-africa': {
      name: 'Oriente Medio y África',
      subject: 'la región de Oriente Medio y África',
      within: 'en la región de Oriente Medio y África',
    },
  },
  // Spanish has no word for a thousand million that everybody uses.
  money: (usdM) => `${number(roundForText(usdM), 0, separators.spanish)}${noBreakSpace}millones de dólares`,
  percent: (value, decimals) => `${number(value, decimals, separators.spanish)}${noBreakSpace}%`,
  segmentName: (name) => name,
  title: (market, forecastYear) => `Mercado de ${market}: perspectivas hasta ${forecastYear}`,
  openings: [
    ({ market, base, end, size, forecast, cagr }) =>
      `El mercado de ${market} alcanzó ${size} en ${base} y llegará previsiblemente a ${forecast} en ${end}, con un crecimiento medio del ${cagr} anual.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `De ${size} en ${base} a ${forecast} en ${end}: el mercado de ${market} crecerá a un ritmo del ${cagr} anual.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `Estimamos el mercado de ${market} en ${size} para ${base}; con una tasa de crecimiento anual compuesta del ${cagr}, sumará ${forecast} en ${end}.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `Las ventas del mercado de ${market} ascendieron a ${size} en ${base}; nuestra previsión para ${end} es de ${forecast}, un avance del ${cagr} cada año.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `En ${end}, el mercado de ${market} se situará en ${forecast}, frente a ${size} en ${base} (TCAC: ${cagr}).`,
    ({ market, base, end, size, forecast, cagr }) =>
      `Este informe cifra el mercado de ${market} en ${size} para ${base} y en ${forecast} para ${end}, lo que supone un aumento del ${cagr} al año.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `La demanda del mercado de ${market} sumó ${size} en ${base} y, a un ritmo del ${cagr} anual, totalizará ${forecast} en ${end}.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `Un crecimiento del ${cagr} anual espera al mercado de ${market}, que pasará de ${size} en ${base} a ${forecast} en ${end}.`,
  ],
  segments: [
    ({ by, segment, share, rising, base }) =>
      `Por ${by}, el segmento ${segment} aportó el ${share} de los ingresos en ${base}, mientras que el segmento ${rising} fue el que más creció.`,
    ({ by, segment, share, rising }) =>
      `En el desglose por ${by}, la mayor cuota corresponde al segmento ${segment} (${share}) y el mayor avance, al segmento ${rising}.`,
    ({ by, segment, share, rising, end }) =>
      `El análisis por ${by} sitúa en cabeza al segmento ${segment}, con el ${share} de las ventas, una ventaja que el segmento ${rising} recortará hasta ${end}.`,
    ({ by, segment, share, rising }) =>
      `Clasificado por ${by}, el mercado está dominado por el segmento ${segment} (${share}), pero es el segmento ${rising} el que gana más terreno.`,
    ({ by, segment, share, rising, base }) =>
      `En ${base}, el ${share} de las ventas por ${by} procedió del segmento ${segment}; el crecimiento más rápido se espera en el segmento ${rising}.`,
    ({ by, segment, share, rising, end }) =>
      `El mayor segmento por ${by} es ${segment}, con el ${share} de los ingresos, aunque el segmento ${rising} ganará cuota cada año hasta ${end}.`,
  ],
  regionsCompared: [
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `${capitalised(region.subject)} encabeza las ventas con el ${regionShare}; ${risingRegion.subject} será la que más crezca, un ${risingCagr} anual.`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `El primer mercado regional es ${region.subject}, con una cuota del ${regionShare}, y el mayor crecimiento (${risingCagr} anual) se prevé ${risingRegion.within}.`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `Cerca del ${regionShare} de los ingresos se obtuvo ${region.within}, pero el ritmo es más vivo ${risingRegion.within}, donde esperamos un ${risingCagr} anual.`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `Por regiones, ${region.subject} ocupa el primer lugar con el ${regionShare}, mientras que las ventas ${risingRegion.within} aumentarán un ${risingCagr} al año.`,
    ({ region, regionShare, risingRegion, risingCagr, end }) =>
      `Hasta ${end}, el mayor crecimiento se dará ${risingRegion.within} (${risingCagr} anual), aunque ${region.subject} conserva hoy el primer puesto con el ${regionShare} de los ingresos.`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `Los proveedores obtuvieron el ${regionShare} de sus ventas ${region.within}; el nuevo negocio surgirá sobre todo ${risingRegion.within}, con un crecimiento del ${risingCagr} anual.`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `La comparación regional muestra a ${region.subject} en cabeza, con el ${regionShare} del mercado, y a ${risingRegion.subject} ganando terreno a un ritmo del ${risingCagr} anual.`,
  ],
  forces: [
    ({ driver, otherDriver, restraint }) =>
      `El crecimiento se apoya en ${driver} y en ${otherDriver}; el principal freno: ${restraint}.`,
    ({ driver, otherDriver, restraint }) =>
      `Juegan a favor del mercado ${driver} y ${otherDriver}; en contra, ${restraint}.`,
    ({ driver, otherDriver, restraint }) =>
      `Dos fuerzas favorecen a los proveedores, ${driver} y ${otherDriver}, que deben lidiar, en cambio, con ${restraint}.`,
    ({ driver, otherDriver, restraint }) =>
      `El crecimiento se ve impulsado por ${driver}, así como por ${otherDriver}, y frenado por ${restraint}.`,
    ({ driver, otherDriver, restraint }) =>
      `Detrás de las cifras están ${driver} y ${otherDriver}, con ${restraint} como principal riesgo.`,
    ({ driver, otherDriver, restraint }) =>
      `Nuestros analistas señalan ${driver} y ${otherDriver} como los mayores impulsos y ${restraint} como el primer obstáculo.`,
    ({ driver, otherDriver, restraint }) =>
      `La previsión da por sentados ${driver} y ${otherDriver}, y tiene en cuenta un factor de incertidumbre: ${restraint}.`,
    ({ driver, otherDriver, restraint }) =>
      `Dos tendencias marcan el mercado, ${driver} y ${otherDriver}, con una salvedad: ${restraint}.`,
    ({ driver, otherDriver, restraint }) =>
      `Entre las causas del avance destacan ${driver} y ${otherDriver}; entre los lastres, ${restraint}.`,
  ],
  space: ' ',
  contents: {
    summary: {
      title: 'Resumen ejecutivo',
      sections: [
        ({ base, end }) => [
          `El mercado de un vistazo, ${base}–${end}`,
          'Principales conclusiones',
          'De dónde vendrá el crecimiento',
        ],
        ({ base, end }) => [
          'Los diez resultados clave',
          `Tamaño del mercado en ${base} y ${end}`,
          'Qué hacer ahora',
        ],
        ({ end }) => [
          'Lo esencial en breve',
          `Escenarios hasta ${end}`,
          'Recomendaciones para proveedores e inversores',
        ],
      ],
    },
    scope: {
      title: 'Alcance y definiciones',
      sections: [
        () => ['Qué abarca el mercado', 'Segmentos y regiones analizados', 'Moneda y precios'],
        ({ base }) => ['Límites del mercado', 'Términos empleados', `Año base ${base} y base de precios`],
      ],
    },
    forces: {
      title: 'Dinámica del mercado',
      driver: (phrase) => `Impulso: ${phrase}`,
      restraint: (phrase) => `Freno: ${phrase}`,
      sections: [
        () => ['Oportunidades', 'Fuerzas competitivas'],
        () => ['Oportunidades para nuevos competidores', 'Entorno político y económico'],
        ({ end }) => [`Tendencias hasta ${end}`, 'Sensibilidad de la previsión'],
      ],
    },
    valueChain: {
      title: 'Cadena de valor y regulación',
      sections: [
        () => ['Proveedores e insumos', 'Evolución de los precios', 'Normas y regulación'],
        () => [
          'De la materia prima al cliente',
          'Estructura de costes y márgenes',
          'Patentes e investigación',
        ],
        () => ['Aprovisionamiento y flujos comerciales', 'Hoja de ruta tecnológica', 'Normas por región'],
      ],
    },
    bySegment: (by) => `Mercado por ${by}`,
    byRegion: 'Mercado por región',
    competition: {
      title: 'Panorama competitivo',
      sections: [
        ({ base }) => [
          `Cuotas de mercado en ${base}`,
          'Fusiones, adquisiciones y alianzas',
          'Perfiles de empresas',
        ],
        () => [
          'Posición de los principales proveedores',
          'Lanzamientos de productos',
          'Perfiles de empresas',
        ],
        () => ['Concentración del mercado', 'Estrategias de líderes y aspirantes', 'Perfiles de empresas'],
      ],
    },
    method: {
      title: 'Metodología',
      sections: [
        () => [
          'Entrevistas con proveedores y compradores',
          'Análisis de fuentes publicadas',
          'Modelo de mercado y supuestos',
        ],
        () => [
          'Fuentes y recogida de datos',
          'Estimaciones descendentes y ascendentes',
          'Límites de la previsión',
        ],
      ],
    },
  },
};
