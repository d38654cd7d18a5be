import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { listProjectFiles } from '../lib/project-files.mjs';
import { root } from '../lib/root.mjs';
import { anchorsIn, codeIn, relativeLinksIn, tablesIn } from './support/markdown.ts';

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const files = listProjectFiles();
const documents = files
  .filter((file) => /^docs\/|(^|\/)README\.md$/.test(file))
  .map((file) => ({ file, text: read(file) }));

/** What is wrong with the documents, each complaint with the document that it is about. */
const complaints = (find: (text: string, file: string) => readonly string[]) =>
  documents.flatMap(({ file, text }) => find(text, file).map((complaint) => `${file}: ${complaint}`));

test('links lead to files and headings that exist', () => {
  const deadLinks = (text: string, file: string) =>
    relativeLinksIn(text).filter((link) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? file : join(dirname(file), path);
      if (!existsSync(join(root, target))) return true;
      return anchor !== undefined && !anchorsIn(read(target)).includes(anchor);
    });
  expect(complaints(deadLinks)).toEqual([]);
});

test('source files that are named exist', () => {
  const isSource = (code: string) => /^[\w@./*[\]-]+\.(tsx?|mjs|cjs|conf|prisma)$/.test(code);
  const unknown = (text: string) =>
    codeIn(text).filter((code) => isSource(code) && filesNamed(code).length === 0);
  expect(complaints(unknown)).toEqual([]);
});

test('commands that are named exist', () => {
  const commands = ['install', ...Object.keys(JSON.parse(read('package.json')).scripts)];
  const unknown = (text: string) =>
    [...text.matchAll(/\bpnpm (?:run )?([a-z][a-z:-]*)/g)]
      .map(([, name = '']) => name)
      .filter((name) => !commands.includes(name));
  expect(complaints(unknown)).toEqual([]);
});

test('tests that tables quote exist', () => {
  const unknown = (text: string) =>
    quotedTests(text)
      .filter(({ title, places }) => !places.some((file) => patternOf(title).test(read(file))))
      .map(({ title }) => title);
  expect(complaints(unknown)).toEqual([]);
});

/** Tables that tell what each file of a folder does: the heading of their first column names the folder. */
const fileTables = documents.flatMap(({ file, text }) =>
  tablesIn(text)
    .filter(({ head }) => head[0]?.startsWith('File in `'))
    .map(({ head, rows }) => {
      const [folder = ''] = codeIn(head[0] ?? '');
      // A README speaks of its own package.
      return {
        folder: file.startsWith('docs/') ? folder : join(dirname(file), folder),
        names: rows.flatMap(([cell = '']) => codeIn(cell)),
      };
    }),
);

test.each(fileTables)('the table of $folder names each file there, once', ({ folder, names }) => {
  const sources = files.filter((file) => file.startsWith(`${folder}/`));
  const named = names
    .map((name) => `${folder}/${name}`)
    .flatMap((name) => (name.endsWith('/') ? sources.filter((file) => file.startsWith(name)) : [name]));
  // What only exports needs no word.
  const expected = sources.filter((file) => file !== `${folder}/index.ts` || named.includes(file));
  expect(named.sort()).toEqual(expected.sort());
});

const literally = (text: string) => text.replaceAll(/[.?+^$[\]{}()|\\]/g, '\\$&');

/** The files whose path ends in this name, or has it as a folder; a `*` stands for any part of a name. */
function filesNamed(name: string): readonly string[] {
  const pattern = new RegExp(`(^|/)${literally(name).replaceAll('*', '[^/]*')}(/|$)`);
  return files.filter((file) => pattern.test(file));
}

/** A title with `…` where it names its case. */
const patternOf = (title: string) => new RegExp(title.split('…').map(literally).join('.*'));

/** A title belongs to the files that are named before it in its cell, and to any test where none are. */
function quotedTests(text: string) {
  return tablesIn(text).flatMap(({ head, rows }) => {
    const column = head.findIndex((title) => /^tests?$/i.test(title));
    return rows.flatMap((cells) => {
      let places: readonly string[] = files.filter((file) => file.endsWith('.test.ts'));
      return [...(cells[column] ?? '').matchAll(/`([^`]+)`|"([^"]+)"/g)].flatMap(([, name, title]) => {
        if (name !== undefined) places = filesNamed(name);
        return title === undefined ? [] : [{ title, places }];
      });
    });
  });
}
