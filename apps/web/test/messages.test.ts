import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import { locales } from '../src/i18n/locales.ts';
import { messages } from '../src/messages/messages.ts';

/** `nav.reports` → text, for all texts of a language. */
function flatten(texts: object, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value] as const] : [...flatten(value, `${prefix}${key}.`)],
    ),
  );
}

/** The names of a text's placeholders, each once, in alphabetical order. */
function placeholders(text: string): string[] {
  const collect = (elements: readonly MessageFormatElement[]): string[] =>
    elements.flatMap((element) => {
      if (element.type === TYPE.literal || element.type === TYPE.pound) return [];
      if (element.type === TYPE.plural || element.type === TYPE.select) {
        return [element.value, ...Object.values(element.options).flatMap(({ value }) => collect(value))];
      }
      return [element.value];
    });
  return [...new Set(collect(parse(text)))].sort();
}

const sources = fileURLToPath(new URL('../src/', import.meta.url));
const code = ['app', 'components', 'server']
  .flatMap((folder) => readdirSync(join(sources, folder), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
  .join('\n');

const english = flatten(messages.en);
const others = locales.filter((locale) => locale !== 'en');

describe.each(others)('the texts in %s', (locale) => {
  const texts = flatten(messages[locale]);

  it('have the keys of the English ones', () => {
    expect([...texts.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('have the placeholders of the English ones', () => {
    const differing = [...english].filter(
      ([key, text]) => placeholders(text).join() !== placeholders(texts.get(key) ?? '').join(),
    );
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  it('are not empty, and are not the English ones by oversight', () => {
    const same = [...english].filter(
      ([key, text]) => texts.get(key) === text || texts.get(key)?.trim() === '',
    );
    // Single words and the publisher's name may well be the same; sentences are not.
    expect(same.map(([, text]) => text).filter((text) => /\s\S+\s/.test(text.replace(/\{.*\}/, '')))).toEqual(
      [],
    );
  });
});

it('every text is used', () => {
  const used = (key: string) => {
    const [group = '', name = ''] = key.split('.');
    // Errors are chosen by their code; forms are given a group of texts as a prop.
    if (group === 'fieldErrors' || group === 'formErrors') return true;
    return [`'${key}'`, `labels.${name}`, `texts.${name}`].some((use) => code.includes(use));
  };
  expect([...english.keys()].filter((key) => !used(key))).toEqual([]);
});
