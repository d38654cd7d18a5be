import type { ReactNode } from 'react';
import type { Tone } from './tones.ts';

export const width = 300;
export const height = 400;

export interface MotifInput {
  /** The market's size by year, relative to the largest: above 0, at most 1. */
  readonly sizes: readonly number[];
  readonly tone: Tone;
  readonly random: () => number;
  /** How high the drawing may rise above the lower edge; what is above stays free for type. */
  readonly reach: number;
}

/** Draws the growth of a market into `width` × `height`. */
export type Motif = (input: MotifInput) => ReactNode;

const round = (value: number) => Math.round(value * 10) / 10;

/** The size at a point of time from 0 (base year) to 1 (forecast year). */
function sizeAt(sizes: readonly number[], time: number): number {
  const position = time * (sizes.length - 1);
  const before = sizes[Math.floor(position)] ?? 1;
  const after = sizes[Math.ceil(position)] ?? before;
  return before + (after - before) * (position - Math.floor(position));
}

const lines = (count: number) => Array.from({ length: count }, (_, index) => index);

const columns: Motif = ({ sizes, tone, reach }) => {
  const count = 42;
  return lines(count).map((index) => {
    const x = round(14 + (index / (count - 1)) * (width - 28));
    const top = round(height - reach * sizeAt(sizes, index / (count - 1)));
    const last = index === count - 1;
    return (
      <path
        key={index}
        d={`M${x} ${height}V${top}`}
        stroke={last ? tone.highlight : tone.line}
        strokeWidth={last ? 5 : 1.6}
      />
    );
  });
};

const arcs: Motif = ({ sizes, tone, random, reach }) => {
  const left = random() < 0.5;
  return sizes.map((size, index) => {
    const radius = round(reach * Math.sqrt(size) * ((index + 5) / (sizes.length + 4)));
    const last = index === sizes.length - 1;
    return (
      <circle
        key={index}
        cx={left ? 0 : width}
        cy={height}
        r={radius}
        fill="none"
        stroke={last ? tone.highlight : tone.line}
        strokeWidth={last ? 6 : 1.6}
      />
    );
  });
};

const dots: Motif = ({ sizes, tone, reach }) => {
  const across = 13;
  const gap = 22;
  const down = Math.floor(reach / gap);
  return lines(across * down).map((index) => {
    const column = index % across;
    const row = Math.floor(index / across);
    const reached = sizeAt(sizes, column / (across - 1)) * down;
    const filled = row < Math.round(reached);
    const top = row === Math.round(reached) - 1;
    return (
      <circle
        key={index}
        cx={18 + column * gap}
        cy={height - 16 - row * gap}
        r={filled ? 7 : 1.5}
        fill={filled && top && column === across - 1 ? tone.highlight : tone.line}
        opacity={filled ? 1 : 0.55}
      />
    );
  });
};

const strata: Motif = ({ sizes, tone, random, reach }) => {
  const layers = 16;
  const bend = 0.75 + random() * 0.5;
  return lines(layers).map((layer) => {
    const base = height + 40 - (reach * 0.45 * layer) / layers;
    const points = lines(25).map((step) => {
      const time = step / 24;
      const rise = reach * 0.62 * sizeAt(sizes, time) ** bend * (layer / layers);
      return `${round(time * width)} ${round(base - rise)}`;
    });
    const last = layer === layers - 1;
    return (
      <path
        key={layer}
        d={`M${points.join('L')}`}
        fill="none"
        stroke={last ? tone.highlight : tone.line}
        strokeWidth={last ? 5 : 1.6}
      />
    );
  });
};

const fan: Motif = ({ sizes, tone, reach }) => {
  const rays = 36;
  return lines(rays).map((index) => {
    const time = index / (rays - 1);
    const angle = (Math.PI / 2) * (0.03 + 0.94 * time);
    const length = reach * (0.3 + 0.7 * sizeAt(sizes, time));
    const end = (radius: number) =>
      `${round(10 + radius * Math.cos(angle))} ${round(height - 10 - radius * Math.sin(angle))}`;
    const last = index === rays - 1;
    return (
      <path
        key={index}
        d={`M${end(0.12 * reach)}L${end(length)}`}
        stroke={last ? tone.highlight : tone.line}
        strokeWidth={last ? 5 : 1.6}
      />
    );
  });
};

const steps: Motif = ({ sizes, tone, reach }) => {
  const step = width / sizes.length;
  return sizes.map((size, index) => {
    const last = index === sizes.length - 1;
    const top = round(height - reach * size);
    return (
      <rect
        key={index}
        x={round(index * step)}
        y={top}
        width={round(step + 0.2)}
        height={round(height - top)}
        fill={last ? tone.highlight : tone.line}
        opacity={last ? 1 : round(20 + (60 * index) / sizes.length) / 100}
      />
    );
  });
};

const circles: Motif = ({ sizes, tone, random, reach }) => {
  const largest = Math.min(reach - 18, width - 16) / 2;
  const center = width * (0.47 + 0.06 * random());
  return sizes.map((size, index) => {
    const radius = round(largest * Math.sqrt(size));
    const first = index === 0;
    return (
      <circle
        key={index}
        cx={round(center)}
        cy={round(height - 18 - radius)}
        r={radius}
        fill={first ? tone.highlight : 'none'}
        stroke={first ? 'none' : tone.line}
        strokeWidth={1.6}
      />
    );
  });
};

export const motifs: readonly Motif[] = [columns, arcs, dots, strata, fan, steps, circles];
