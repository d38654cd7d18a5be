import type { ReportCard } from '../../server/catalogue.ts';
import { growthByYear } from '../report/growth.ts';
import { height, motifs, width } from './motifs.ts';
import { hash, randomFrom } from './random.ts';
import { type Tone, tones } from './tones.ts';

interface CoverProps {
  report: Pick<ReportCard, 'slug' | 'code' | 'title' | 'category' | 'market'>;
  /** With the title set on it. Without, it is the drawing alone, for small sizes. */
  titled?: boolean;
  className?: string;
}

/** Chosen so that the categories of today use every motif. */
const motifSalt = 'growth:';

const fallback: Tone = { ground: '#0b4338', line: '#8fc7b3', highlight: '#f1ede0', type: '#f1ede0' };

/**
 * The cover of a report, drawn from its own figures: reports of a category share a motif, the market's growth
 * gives it its shape. Decoration: what it says stands beside it, so that it is hidden from assistive technology.
 */
export function Cover({ report, titled = false, className = '' }: CoverProps) {
  const seed = hash(report.slug);
  const tone = tones[seed % tones.length] ?? fallback;
  const motif = motifs[hash(motifSalt + report.category.slug) % motifs.length];
  const growth = growthByYear(report.market);
  const largest = Math.max(...growth.map((year) => year.sizeUsdM));
  const sizes = growth.map((year) => year.sizeUsdM / largest);
  const marks = motif?.({ sizes, random: randomFrom(seed), reach: height * (titled ? 0.6 : 0.74) }) ?? [];
  return (
    <div
      aria-hidden="true"
      className={`@container relative isolate aspect-3/4 overflow-hidden rounded-sm ${className}`}
      style={{ backgroundColor: tone.ground, color: tone.type }}
    >
      <svg
        viewBox={`0 0 ${width} ${height}`}
        className="absolute inset-0 -z-10 size-full"
        fill="none"
        strokeLinecap="round"
        aria-hidden="true"
        focusable="false"
      >
        {marks.map(({ d, colour, stroke, opacity }) => (
          <path
            key={d}
            d={d}
            {...(stroke === undefined
              ? { fill: tone[colour] }
              : { stroke: tone[colour], strokeWidth: stroke })}
            opacity={opacity}
          />
        ))}
      </svg>
      {titled && (
        <div className="flex flex-col p-[7cqw]">
          <span className="flex justify-between border-b border-current pb-[2.5cqw] text-[max(0.6rem,3.6cqw)] leading-tight">
            <span>{report.category.name}</span>
            <span className="figures shrink-0 ps-2">{report.code}</span>
          </span>
          <span className="mt-[4cqw] line-clamp-4 pb-[4cqw] font-serif text-[max(0.8rem,7.2cqw)] leading-[1.12] font-medium text-balance">
            {report.title}
          </span>
        </div>
      )}
    </div>
  );
}
