export const width = 300;
export const height = 400;

export interface MotifInput {
  /** The market's size by year, relative to the largest: above 0, at most 1. */
  readonly sizes: readonly number[];
  /** Numbers from 0 to 1, the same for the same report. */
  readonly random: () => number;
  /** How high the drawing may rise above the lower edge; what is above stays free for type. */
  readonly reach: number;
}

/** One mark of a drawing: path data, how it is drawn, and in which of the cover's colours. */
export interface Mark {
  readonly d: string;
  readonly colour: 'line' | 'highlight';
  /** Width of the stroke; a mark without one is filled. */
  readonly stroke?: number;
  readonly opacity?: number;
}

/**
 * Draws the growth of a market into `width` × `height`. Shapes that look alike are one path: a list of covers
 * is part of a page, and a path for each shape would be most of it.
 */
export type Motif = (input: MotifInput) => readonly Mark[];

const thin = 1.6;
const thick = 5;

const round = (value: number) => Math.round(value * 10) / 10;
const range = (count: number) => Array.from({ length: count }, (_, index) => index);
const circle = (x: number, y: number, radius: number) =>
  `M${round(x - radius)} ${round(y)}a${radius} ${radius} 0 1 0 ${round(2 * radius)} 0a${radius} ${radius} 0 1 0 ${round(-2 * radius)} 0`;

/** The size at a point of time from 0 (base year) to 1 (forecast year). */
function sizeAt(sizes: readonly number[], time: number): number {
  const position = time * (sizes.length - 1);
  const before = sizes[Math.floor(position)] ?? 1;
  const after = sizes[Math.ceil(position)] ?? before;
  return before + (after - before) * (position - Math.floor(position));
}

/** All but the last in thin lines, the last, the forecast, highlighted. */
function strokes(paths: readonly string[], highlightWidth = thick): Mark[] {
  return [
    { d: paths.slice(0, -1).join(''), colour: 'line', stroke: thin },
    { d: paths.at(-1) ?? '', colour: 'highlight', stroke: highlightWidth },
  ];
}

const columns: Motif = ({ sizes, reach }) => {
  const last = 41;
  return strokes(
    range(last + 1).map((index) => {
      const x = round(14 + (index / last) * (width - 28));
      return `M${x} ${height}V${round(height - reach * sizeAt(sizes, index / last))}`;
    }),
  );
};

const arcs: Motif = ({ sizes, random, reach }) => {
  const x = random() < 0.5 ? 0 : width;
  return strokes(
    sizes.map((size, index) => {
      const radius = round(reach * Math.sqrt(size) * ((index + 5) / (sizes.length + 4)));
      return circle(x, height, radius);
    }),
  );
};

const dots: Motif = ({ sizes, reach }) => {
  const gap = 22;
  const across = 13;
  const down = Math.floor(reach / gap);
  const dot = (column: number, row: number) => `M${18 + column * gap} ${height - 16 - row * gap}h0`;
  const tops = range(across).map((column) => Math.round(sizeAt(sizes, column / (across - 1)) * down));
  const all = tops.flatMap((top, column) =>
    range(down).map((row) => ({ path: dot(column, row), filled: row < top })),
  );
  const pathOf = (filled: boolean) => all.filter((one) => one.filled === filled).map((one) => one.path);
  return [
    { d: pathOf(false).join(''), colour: 'line', stroke: 3, opacity: 0.55 },
    { d: pathOf(true).join(''), colour: 'line', stroke: 14 },
    { d: dot(across - 1, down - 1), colour: 'highlight', stroke: 14 },
  ];
};

const strata: Motif = ({ sizes, random, reach }) => {
  const layers = 16;
  const steps = 14;
  const bend = 0.75 + random() * 0.5;
  return strokes(
    range(layers).map((layer) => {
      const base = height + 40 - (reach * 0.45 * layer) / layers;
      const points = range(steps + 1).map((step) => {
        const rise = reach * 0.62 * sizeAt(sizes, step / steps) ** bend * (layer / layers);
        return `${round((step / steps) * width)} ${round(base - rise)}`;
      });
      return `M${points.join('L')}`;
    }),
  );
};

const fan: Motif = ({ sizes, reach }) => {
  const last = 35;
  return strokes(
    range(last + 1).map((index) => {
      const angle = (Math.PI / 2) * (0.03 + (0.94 * index) / last);
      const length = (reach - 10) * (0.3 + 0.7 * sizeAt(sizes, index / last));
      const end = (radius: number) =>
        `${round(10 + radius * Math.cos(angle))} ${round(height - 10 - radius * Math.sin(angle))}`;
      return `M${end(0.12 * reach)}L${end(length)}`;
    }),
  );
};

const steps: Motif = ({ sizes, reach }) => {
  const step = width / sizes.length;
  return sizes.map((size, index) => {
    const last = index === sizes.length - 1;
    return {
      d: `M${round(index * step)} ${height}V${round(height - reach * size)}h${round(step + 0.2)}V${height}z`,
      colour: last ? 'highlight' : 'line',
      ...(!last && { opacity: round((2 + (6 * index) / sizes.length) * 10) / 100 }),
    };
  });
};

const circles: Motif = ({ sizes, random, reach }) => {
  const largest = Math.min(reach - 18, width - 16) / 2;
  const x = width * (0.47 + 0.06 * random());
  const nested = sizes.map((size) => {
    const radius = round(largest * Math.sqrt(size));
    return circle(x, height - 18 - radius, radius);
  });
  return [
    { d: nested.slice(1).join(''), colour: 'line', stroke: thin },
    { d: nested[0] ?? '', colour: 'highlight' },
  ];
};

export const motifs: readonly Motif[] = [columns, arcs, dots, strata, fan, steps, circles];
