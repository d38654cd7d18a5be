import { describe, expect, test } from 'vitest';
import { type Locale, locales } from '../../packages/database/src/seed-data.ts';
import { categories as sources } from './categories.ts';
import { buildSeed } from './index.ts';
import { publicationSlot } from './schedule.ts';

const { categories, regions, reports } = buildSeed();

function textsIn(locale: Locale): string[] {
  return reports.flatMap(({ translations }) => {
    const { title, summary, tableOfContents } = translations[locale];
    return [title, summary, ...tableOfContents.flatMap((chapter) => [chapter.title, ...chapter.sections])];
  });
}

function distinct(values: readonly unknown[]): number {
  return new Set(values).size;
}

describe('the catalogue', () => {
  test('has 12 categories of 21 reports, two of them featured', () => {
    expect(categories).toHaveLength(12);
    expect(reports).toHaveLength(252);
    for (const { slug } of categories) {
      const own = reports.filter(({ category }) => category === slug);
      expect(own).toHaveLength(21);
      expect(own.filter(({ featured }) => featured)).toHaveLength(2);
    }
  });

  test('is the same whenever it is built, and built in less than a second', () => {
    const before = process.cpuUsage();
    const again = buildSeed();
    expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
    expect(again).toEqual({ categories, regions, reports });
  });

  test('refers only to categories and regions that it has', () => {
    const known = {
      categories: new Set(categories.map(({ slug }) => slug)),
      regions: new Set(regions.map(({ slug }) => slug)),
    };
    for (const report of reports) {
      expect(known.categories).toContain(report.category);
      expect(report.regions.length).toBeGreaterThanOrEqual(4);
      expect(distinct(report.regions)).toBe(report.regions.length);
      for (const region of report.regions) expect(known.regions).toContain(region);
    }
  });

  test('has unique slugs, codes and titles', () => {
    expect(distinct(reports.map(({ slug }) => slug))).toBe(reports.length);
    expect(distinct(reports.map(({ code }) => code))).toBe(reports.length);
    for (const { slug } of reports) expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*-market$/);
    for (const locale of locales) {
      expect(distinct(reports.map(({ translations }) => translations[locale].title)), locale).toBe(
        reports.length,
      );
      expect(distinct(reports.map(({ translations }) => translations[locale].summary)), locale).toBe(
        reports.length,
      );
      expect(distinct(categories.map(({ translations }) => translations[locale].name)), locale).toBe(12);
    }
  });

  test('shares no company between categories, and names none twice in one report', () => {
    const home = new Map<string, string>();
    for (const { keyPlayers, category } of reports) {
      expect(keyPlayers.length).toBeGreaterThanOrEqual(6);
      expect(distinct(keyPlayers)).toBe(keyPlayers.length);
      for (const company of keyPlayers) {
        expect(home.get(company) ?? category, company).toBe(category);
        home.set(company, category);
      }
    }
  });
});

describe('figures', () => {
  test('the market sizes and the growth rate agree', () => {
    for (const report of reports) {
      const years = report.forecastYear - report.baseYear;
      const growth = (report.marketSizeForecastUsdM / report.marketSizeBaseUsdM) ** (1 / years) - 1;
      expect(growth * 100, report.slug).toBeCloseTo(report.cagrPercent, 2);
      expect([5, 7, 10]).toContain(years);
      expect(report.baseYear).toBe(Number(report.publishedAt.slice(0, 4)) - 1);
    }
  });

  test('the fastest growing region is another one than the largest', () => {
    const same = sources.flatMap(({ markets, ...category }) =>
      markets
        .filter(
          (market) => (market.leads ?? category.leads) === (market.growsFastest ?? category.growsFastest),
        )
        .map(({ name }) => name.en),
    );
    expect(same).toEqual([]);
  });

  test('fit the columns of the database', () => {
    for (const report of reports) {
      for (const amount of [report.marketSizeBaseUsdM, report.marketSizeForecastUsdM, report.cagrPercent]) {
        expect(Number(amount.toFixed(2))).toBe(amount);
      }
      for (const locale of locales) expect(report.translations[locale].title.length).toBeLessThanOrEqual(255);
    }
  });

  test('the licences cost more the more people may read', () => {
    for (const { priceSingleUser, priceMultiUser, priceEnterprise, pages } of reports) {
      expect(priceSingleUser).toBeGreaterThanOrEqual(3950);
      expect(priceSingleUser).toBeLessThanOrEqual(4950);
      expect(priceMultiUser / priceSingleUser).toBeCloseTo(1.4, 1);
      expect(priceEnterprise / priceSingleUser).toBeCloseTo(1.8, 1);
      for (const price of [priceSingleUser, priceMultiUser, priceEnterprise]) expect(price % 100).toBe(50);
      expect(pages).toBeGreaterThanOrEqual(120);
      expect(pages).toBeLessThanOrEqual(380);
    }
  });
});

describe('publication dates', () => {
  test('are weekdays from January 2024 to October 2026, in every category', () => {
    for (const { slug } of categories) {
      const dates = reports
        .filter(({ category }) => category === slug)
        .map(({ publishedAt }) => publishedAt)
        .sort();
      expect(dates[0]?.slice(0, 7) ?? '').toMatch(/^2024-0[1-3]$/);
      expect(dates.at(-1)?.slice(0, 7) ?? '').toMatch(/^2026-(09|10)$/);
      for (const date of dates) expect([0, 6]).not.toContain(new Date(date).getUTCDay());
    }
  });

  test('neighbours in a list, whole or of one category, take different variants of every sentence', () => {
    const size = { categories: 12, reports: 21 };
    const ranks = categories.map((_, category) =>
      Array.from({ length: 21 }, (_, report) => publicationSlot(category, report, size).rank).sort(
        (a, b) => a - b,
      ),
    );
    expect(ranks.flat().sort((a, b) => a - b)).toEqual(reports.map((_, index) => index));
    for (const own of ranks) {
      for (const [index, rank] of own.slice(1).entries()) {
        for (const variants of [6, 7, 8, 9]) expect((rank - (own[index] ?? 0)) % variants).not.toBe(0);
      }
    }
  });
});

describe('texts', () => {
  test('are complete in every language', () => {
    const broken = /^$|^\s|\s$|undefined|NaN|\[object| {2}|\$\{/;
    for (const locale of locales) {
      const names = [...categories, ...regions].flatMap(({ translations }) =>
        Object.values(translations[locale]),
      );
      expect([...names, ...textsIn(locale)].filter((text) => broken.test(text))).toEqual([]);
    }
  });

  test('Japanese and Korean ones are written in these scripts, the others in none of them', () => {
    const kana = /[\u3040-\u30ff]/;
    const han = /[\u4e00-\u9fff]/;
    const hangul = /[\uac00-\ud7a3]/;
    const misplaced = locales.flatMap((locale) =>
      textsIn(locale).filter((text) => {
        const japanese = kana.test(text) || han.test(text);
        return japanese !== (locale === 'ja') || hangul.test(text) !== (locale === 'ko');
      }),
    );
    expect(misplaced).toEqual([]);
  });

  test('no English is left in the other languages', () => {
    const english = /\b(the|and|of|with|from|by|growth|market|sales|revenue|will|year)\b/i;
    const left = locales
      .filter((locale) => locale !== 'en')
      .flatMap(textsIn)
      .filter((text) => english.test(text.replace(/brake-by-wire/gi, '')));
    expect(left).toEqual([]);
  });

  test('a summary has two to four sentences and names the years and the growth rate', () => {
    for (const report of reports) {
      for (const locale of locales) {
        const { summary } = report.translations[locale];
        const sentences = summary.match(locale === 'ja' ? /。/g : /\.(?= [^a-z]|$)/g) ?? [];
        expect(sentences.length, summary).toBeGreaterThanOrEqual(2);
        expect(sentences.length, summary).toBeLessThanOrEqual(4);
        const decimal = ['en', 'ja', 'ko'].includes(locale) ? '.' : ',';
        for (const part of [
          String(report.baseYear),
          String(report.forecastYear),
          report.cagrPercent.toFixed(1).replace('.', decimal),
        ]) {
          expect(summary).toContain(part);
        }
      }
    }
  });

  test('a table of contents lists the regions and as many parts in every language', () => {
    for (const report of reports) {
      const shapes = locales.map((locale) =>
        report.translations[locale].tableOfContents.map(({ sections }) => sections.length).join(),
      );
      expect(distinct(shapes)).toBe(1);
      const names = regions
        .filter(({ slug }) => report.regions.includes(slug))
        .map(({ translations }) => translations.de.name);
      expect(report.translations.de.tableOfContents.map(({ sections }) => sections)).toContainEqual(names);
    }
  });
});
