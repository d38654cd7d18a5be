'use client';

import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

export interface Series {
  readonly label: string;
  /** One for each time; null leaves a gap. */
  readonly values: readonly (number | null)[];
  /** Draws on over gaps: for what is known only when something happens. Default false. */
  readonly continuous?: boolean;
}

interface TimeChartProps {
  readonly title: string;
  /** ms since 1970. */
  readonly timesMs: readonly number[];
  readonly series: readonly Series[];
  readonly format: (value: number) => string;
  readonly formatTime: (ms: number) => string;
  /** The axis ends here at least. */
  readonly least?: number;
  readonly keyboardHint: string;
}

const HEIGHT = 190;

/**
 * Lines over time. Pointer and arrow keys move along it, and the legend tells the figures there; without either it
 * tells the last ones.
 */
export function TimeChart(props: TimeChartProps) {
  const { title, timesMs, series, format, formatTime, keyboardHint } = props;
  const id = useId();
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const [index, setIndex] = useState<number | null>(null);
  const theme = useTheme();
  const names = series.map(({ label }) => label).join('|');

  // Another theme, or other lines, make another chart.
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const made = new uPlot(optionsFor(element, latest, setIndex), dataOf(latest.current), element);
    chart.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      chart.current = null;
    };
  }, [theme, names]);

  useEffect(() => {
    chart.current?.setData(dataOf({ timesMs, series }));
  }, [timesMs, series]);

  function onKeyDown(event: KeyboardEvent) {
    const last = timesMs.length - 1;
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -last, End: last }[event.key];
    if (step === undefined || last < 0) return;
    event.preventDefault();
    const next = Math.min(Math.max((index ?? last) + step, 0), last);
    const left = chart.current?.valToPos((timesMs[next] ?? 0) / 1000, 'x') ?? 0;
    chart.current?.setCursor({ left, top: 0 });
    setIndex(next);
  }

  const shown = index ?? timesMs.length - 1;
  const time = timesMs[shown];
  return (
    <figure className="min-w-0">
      <figcaption id={id} className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
        <span className="font-semibold">{title}</span>
        <span className="kicker figures">{time === undefined ? '' : formatTime(time)}</span>
      </figcaption>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would be announced as a form's part. */}
      <div
        ref={place}
        role="group"
        aria-labelledby={id}
        aria-description={keyboardHint}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move along the time axis.
        tabIndex={0}
        onKeyDown={onKeyDown}
        onBlur={() => setIndex(null)}
        className="chart mt-2"
        style={{ height: HEIGHT }}
      />
      <ul
        className="figures mt-1 flex flex-wrap gap-x-4 gap-y-0.5 text-xs"
        aria-live={index === null ? 'off' : 'polite'}
      >
        {series.map(({ label, values }, at) => {
          const value = values[shown] ?? null;
          return (
            <li key={label} className="flex items-center gap-1.5">
              <span aria-hidden="true" className="h-0.5 w-3.5" style={{ background: colourOf(at) }} />
              <span className="text-muted">{label}</span>
              <span className="font-semibold">{value === null ? '–' : format(value)}</span>
            </li>
          );
        })}
      </ul>
    </figure>
  );
}

const colourOf = (index: number) => `var(--series-${(index % 8) + 1})`;

function dataOf({ timesMs, series }: Pick<TimeChartProps, 'timesMs' | 'series'>): uPlot.AlignedData {
  return [timesMs.map((ms) => ms / 1000), ...series.map(({ values }) => [...values])];
}

/** A canvas knows no `light-dark()` and no variables: what they are now. */
function resolveColour(element: HTMLElement, colour: string): string {
  const probe = document.createElement('span');
  probe.style.color = colour;
  element.append(probe);
  const resolved = getComputedStyle(probe).color;
  probe.remove();
  return resolved;
}

function optionsFor(
  element: HTMLElement,
  latest: { readonly current: TimeChartProps },
  onMove: (index: number | null) => void,
): uPlot.Options {
  const { series, least = 0 } = latest.current;
  const muted = resolveColour(element, 'var(--color-muted)');
  const rule = resolveColour(element, 'var(--color-rule)');
  const axis = {
    stroke: muted,
    font: '12px sans-serif',
    grid: { stroke: rule, width: 1 },
    ticks: { show: false },
  };
  return {
    width: element.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    scales: { y: { range: (_, __, most) => [0, Math.max(most * 1.08, least) || 1] } },
    series: [
      {},
      ...series.map(({ label, continuous = false }, index) => {
        const stroke = resolveColour(element, colourOf(index));
        return { label, stroke, width: 2, points: { show: false }, spanGaps: continuous };
      }),
    ],
    axes: [
      {
        ...axis,
        grid: { show: false },
        space: 90,
        size: 34,
        values: (_, ticks) => ticks.map((tick) => latest.current.formatTime(tick * 1000)),
      },
      { ...axis, size: 62, values: (_, ticks) => ticks.map((tick) => latest.current.format(tick)) },
    ],
    hooks: { setCursor: [({ cursor: { idx } }) => onMove(idx ?? null)] },
  };
}

/** Changes with the colours of the page: by the system's setting, or by the reader's. */
function useTheme(): string {
  const [theme, setTheme] = useState('');
  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const read = () => setTheme(`${document.documentElement.dataset.theme ?? ''} ${dark.matches}`);
    read();
    const observer = new MutationObserver(read);
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    dark.addEventListener('change', read);
    return () => {
      observer.disconnect();
      dark.removeEventListener('change', read);
    };
  }, []);
  return theme;
}
