import { posix } from 'node:path';
import ts from 'typescript';
import {
  forbiddenCommands,
  mayCommand,
  mayImport,
  mayImportLibraries,
  mayReach,
  mayReadEnvironment,
  replacedVariables,
} from '../boundaries.config.mjs';

const OURS = '@tbi/';

/**
 * Checks one source file.
 *
 * @param {string} file relative to the root, with slashes
 * @param {string} text
 * @returns {string[]} one line for each violation
 */
export function checkSource(file, text) {
  const part = partOf(file);
  const development = isDevelopment(file);
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  /** @type {string[]} */
  const violations = [];
  /** @param {ts.Node} node @param {string} message */
  const report = (node, message) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    violations.push(`${file}:${line + 1}: ${message}`);
  };

  /** @param {ts.Node} node */
  function visit(node) {
    const specifier = importedBy(node);
    if (specifier !== undefined) {
      const message = checkImport(file, part, development, specifier.text);
      if (message !== undefined) report(specifier, message);
    }
    if (!development && readsEnvironment(node) && !isListed(file, mayReadEnvironment)) {
      report(node, 'only packages/env reads process.env; take the value as an argument');
    }
    if (!development && ts.isStringLiteral(node) && isForbidden(file, node.text)) {
      report(node, `${node.text} costs time for every key that Redis holds`);
    }
    ts.forEachChild(node, visit);
  }
  visit(source);
  return violations;
}

/**
 * @param {string} file
 * @param {string | undefined} part
 * @param {boolean} development
 * @param {string} specifier
 * @returns {string | undefined} what is wrong with it
 */
function checkImport(file, part, development, specifier) {
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(file), specifier);
    if (part === undefined || partOf(target) === part || target.startsWith(`${part}/`)) return undefined;
    const allowed = mayReach.some(({ from, to }) => file.startsWith(from) && target.startsWith(to));
    return allowed ? undefined : `${target} belongs to another part; import its package`;
  }
  if (part === undefined || development) return undefined;
  if (specifier.startsWith(OURS)) {
    const name = specifier.slice(OURS.length).split('/')[0] ?? '';
    const allowed = mayImport[/** @type {keyof typeof mayImport} */ (part)];
    if (allowed === undefined) return `${part} has no entry in scripts/boundaries.config.mjs`;
    if (part === `packages/${name}` || allowed.some((one) => one === name)) return undefined;
    return `${part} may not import ${OURS}${name}`;
  }
  const libraries = mayImportLibraries[/** @type {keyof typeof mayImportLibraries} */ (part)];
  if (libraries === undefined || specifier.startsWith('node:')) return undefined;
  const library = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return libraries.includes(library) ? undefined : `${part} may not import ${library}`;
}

/** @param {string} file @returns {string | undefined} `apps/web`, `packages/cache`; undefined outside of both */
function partOf(file) {
  return /^(?:apps|packages)\/[^/]+/.exec(file)?.[0];
}

/** Tests, their fixtures, benches and configuration files: they may use anything. @param {string} file */
function isDevelopment(file) {
  return /(^|\/)(test|scripts|bench)\//.test(file) || /\.(test|soak|bench|config)\.[a-z]+$/.test(file);
}

/** @param {string} file @param {string} text */
function isForbidden(file, text) {
  if (!forbiddenCommands.includes(text)) return false;
  return !mayCommand.some(({ from, command }) => from === file && command === text);
}

/** @param {string} file @param {readonly string[]} list */
function isListed(file, list) {
  return list.some((path) => file.startsWith(path));
}

/**
 * @param {ts.Node} node
 * @returns {ts.StringLiteral | undefined} the module that this import, export or dynamic import names
 */
function importedBy(node) {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    const { moduleSpecifier } = node;
    return moduleSpecifier !== undefined && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier : undefined;
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return ts.isStringLiteral(node.argument.literal) ? node.argument.literal : undefined;
  }
  if (!ts.isCallExpression(node)) return undefined;
  const [first] = node.arguments;
  const loads =
    node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require';
  return loads && first !== undefined && ts.isStringLiteral(first) ? first : undefined;
}

/** `process.env`, unless what is read from it is replaced while bundling. @param {ts.Node} node */
function readsEnvironment(node) {
  if (!ts.isPropertyAccessExpression(node) || node.getText() !== 'process.env') return false;
  const { parent } = node;
  return !(ts.isPropertyAccessExpression(parent) && replacedVariables.includes(parent.name.text));
}
