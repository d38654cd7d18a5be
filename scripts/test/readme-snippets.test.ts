import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { root } from '../lib/root.mjs';

/** What the snippet of a package's README takes for granted, by file beside it. */
const given = {
  'prisma-cache': {
    'given.d.ts': 'declare const url: string;',
    'generated/client.ts': "export { PrismaClient } from '../../database/generated/mysql/client.ts';",
  },
  'route-cache': { 'given.d.ts': 'declare function compute(url: string): Promise<object>;' },
};
const names = Object.keys(given);
const fileOf = (name: string, file: string) => join(root, 'packages', name, file);

/** Files that are not on disk, beside those that are. */
const files = new Map(
  Object.entries(given).flatMap(([name, others]) =>
    Object.entries({ ...others, 'snippet.ts': snippetOf(name) }).map(([file, text]) => [
      fileOf(name, file),
      text,
    ]),
  ),
);
const program = createProgram();

test.each(names)('the snippet in the README of packages/%s type-checks', (name) => {
  expect(snippetOf(name)).toContain(`@tbi/${name}`);
  const source = program.getSourceFile(fileOf(name, 'snippet.ts'));
  const problems = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
});

function snippetOf(name: string): string {
  return /```ts\n(.*?)```/s.exec(readFileSync(fileOf(name, 'README.md'), 'utf8'))?.[1] ?? '';
}

function createProgram(): ts.Program {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.readFile = (file) => files.get(file) ?? readFile(file);
  host.getSourceFile = (file, language, ...rest) => {
    const text = files.get(file);
    if (text === undefined) return getSourceFile(file, language, ...rest);
    return ts.createSourceFile(file, text, language);
  };
  return ts.createProgram([...files.keys()], options, host);
}
