import { describe, expect, it } from 'vitest';
import { buildSeed } from '../../../prisma/seed/index.ts';
import { height, motifs, width } from '../src/components/cover/motifs.ts';
import { hash, randomFrom } from '../src/components/cover/random.ts';
import { tones } from '../src/components/cover/tones.ts';
import { growthByYear } from '../src/components/report/growth.ts';

const seed = buildSeed();
const market = { baseYear: 2025, forecastYear: 2032, baseUsdM: 100, forecastUsdM: 300, cagrPercent: 17 };

describe('the growth of a market by year', () => {
  const years = growthByYear(market);

  it('begins and ends with the figures of the report', () => {
    expect(years).toHaveLength(8);
    expect(years[0]).toEqual({ year: 2025, sizeUsdM: 100 });
    expect(years.at(-1)).toEqual({ year: 2032, sizeUsdM: 300 });
  });

  it('grows by the same factor every year', () => {
    const factors = years.slice(1).map((year, index) => year.sizeUsdM / (years[index]?.sizeUsdM ?? 0));
    for (const factor of factors) expect(factor).toBeCloseTo(3 ** (1 / 7));
  });
});

describe('covers', () => {
  const sizes = growthByYear(market).map(({ sizeUsdM }) => sizeUsdM / 300);
  const draw = (index: number, seedNumber: number) =>
    motifs[index]?.({ sizes, random: randomFrom(seedNumber), reach: height * 0.6 });

  it.each(motifs.map((_, index) => index))('motif %i is the same for the same report', (index) => {
    expect(draw(index, 7)).toEqual(draw(index, 7));
  });

  it.each(motifs.map((_, index) => index))('motif %i draws numbers only', (index) => {
    const marks = draw(index, 7) ?? [];
    expect(marks.length).toBeGreaterThan(0);
    for (const { d } of marks) expect(d).toMatch(/^[MLHVhvaz\d\s.-]+$/);
  });

  it('leave the place of the title free', () => {
    for (const index of motifs.keys()) {
      const absolute = (draw(index, 7) ?? []).flatMap(({ d }) => [
        ...d.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g),
      ]);
      for (const [, x, y] of absolute) {
        expect(Number(x)).toBeLessThanOrEqual(2 * width);
        expect(Number(y)).toBeGreaterThanOrEqual(height * 0.39);
      }
    }
  });

  it('of today’s categories use every motif', () => {
    const used = new Set(seed.categories.map(({ slug }) => hash(`growth:${slug}`) % motifs.length));
    expect(used.size).toBe(motifs.length);
  });

  it('set type that can be read on every ground', () => {
    for (const { ground, type } of tones) expect(contrast(ground, type)).toBeGreaterThanOrEqual(4.5);
  });
});

/** WCAG 2.2, contrast ratio of two colours given as `#rrggbb`. */
function contrast(one: string, other: string): number {
  const luminance = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
      const value = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}
