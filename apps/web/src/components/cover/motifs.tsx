import type { ReactNode } from 'react';
import type { Tone } from './tones.ts';

export const width = 300;
export const height = 400;

export interface MotifInput {
  /** The market's size by year, relative to the largest: above 0, at most 1. */
  readonly sizes: readonly number[];
  readonly tone: Tone;
  readonly random: () => number;
}

/** Draws the growth of a market into `width` × `height`; the upper fifth stays free for type. */
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

const columns: Motif = ({ sizes, tone }) => {
  const count = 42;
  return lines(count).map((index) => {
    const x = round(14 + (index / (count - 1)) * (width - 28));
    const top = round(height - 285 * sizeAt(sizes, index / (count - 1)));
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

const arcs: Motif = ({ sizes, tone, random }) => {
  const left = random() < 0.5;
  return sizes.map((size, index) => {
    const radius = round(40 + 300 * Math.sqrt(size) * ((index + 4) / (sizes.length + 3)));
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

const dots: Motif = ({ sizes, tone }) => {
  const across = 13;
  const down = 14;
  const gap = 22;
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

const strata: Motif = ({ sizes, tone, random }) => {
  const layers = 16;
  const bend = 0.75 + random() * 0.5;
  return lines(layers).map((layer) => {
    const base = height + 50 - layer * 13;
    const points = lines(25).map((step) => {
      const time = step / 24;
      const rise = 190 * sizeAt(sizes, time) ** bend * (layer / layers);
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

const fan: Motif = ({ sizes, tone }) => {
  const rays = 36;
  return lines(rays).map((index) => {
    const time = index / (rays - 1);
    const angle = (Math.PI / 2) * (0.04 + 0.92 * time);
    const length = 110 + 260 * sizeAt(sizes, time);
    const last = index === rays - 1;
    return (
      <path
        key={index}
        d={`M${round(8 + 40 * Math.cos(angle))} ${round(height - 8 - 40 * Math.sin(angle))}L${round(8 + Math.min(length, 330) * Math.cos(angle))} ${round(height - 8 - Math.min(length, 300) * Math.sin(angle))}`}
        stroke={last ? tone.highlight : tone.line}
        strokeWidth={last ? 5 : 1.6}
      />
    );
  });
};

const steps: Motif = ({ sizes, tone }) => {
  const step = width / sizes.length;
  return sizes.map((size, index) => {
    const last = index === sizes.length - 1;
    const top = round(height - 290 * size);
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

const circles: Motif = ({ sizes, tone, random }) => {
  const center = width * (0.36 + 0.28 * random());
  return sizes.map((size, index) => {
    const radius = round(142 * Math.sqrt(size));
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
