import type { Operand, RowFilter } from './statement.ts';
import type { Token } from './tokens.ts';

/**
 * What a WHERE clause says with certainty about the values of columns: its parts that are joined by AND and read
 * `column = value` or `column IN (values)`. Anything that could weaken them (OR, BETWEEN … AND, CASE) makes it null.
 *
 * @param tokens The clause without the word WHERE.
 * @param argumentsBefore How many placeholders the statement has before it.
 */
export function readRowFilter(tokens: readonly Token[], argumentsBefore: number): RowFilter | null {
  const filter = new Map<string, Operand[]>();
  return collect(tokens, argumentsBefore, filter) && filter.size > 0 ? filter : null;
}

const WEAKENING = new Set(['or', '||', 'xor', 'between', 'case', 'not', '!', 'union', 'collate', 'binary']);

function collect(all: readonly Token[], argumentsBefore: number, filter: Map<string, Operand[]>): boolean {
  const tokens = unwrap(all);
  const parts = tokens === null ? null : splitByAnd(tokens);
  if (parts === null) return false;
  let counted = argumentsBefore;
  for (const part of parts) {
    // A group that says nothing is no harm: the other parts hold all the same.
    if (isGroup(part)) collect(part, counted, filter);
    else readPart(part, counted, filter);
    counted += part.filter((token) => token.kind === 'param').length;
  }
  return true;
}

/** Null when something in the list weakens its parts. */
function splitByAnd(tokens: readonly Token[]): Token[][] | null {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (isMark(token, '(')) depth += 1;
    if (isMark(token, ')')) depth -= 1;
    const joint = depth === 0 && (token.kind === 'word' || token.kind === 'mark');
    if (joint && WEAKENING.has(token.text)) return null;
    if (joint && (token.text === 'and' || token.text === '&&')) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** Without the parentheses around the whole. Null when they do not match. */
function unwrap(tokens: readonly Token[]): readonly Token[] | null {
  let [from, to] = [0, tokens.length];
  while (isMark(tokens[from], '(') && closing(tokens, from) === to - 1) {
    from += 1;
    to -= 1;
  }
  return from > to ? null : tokens.slice(from, to);
}

const isGroup = (part: readonly Token[]) => isMark(part[0], '(') && closing(part, 0) === part.length - 1;

function closing(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    if (isMark(tokens[at], '(')) depth += 1;
    if (isMark(tokens[at], ')')) depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}

const isMark = (token: Token | undefined, text: string) => token?.kind === 'mark' && token.text === text;

/** `column = ?`, `column IN (?, ?)`, the column with or without qualifiers; anything else says nothing. */
function readPart(part: readonly Token[], argumentsBefore: number, filter: Map<string, Operand[]>) {
  let at = 0;
  while (isMark(part[at + 1], '.')) at += 2;
  const column = part[at];
  if (column === undefined || (column.kind !== 'word' && column.kind !== 'name')) return;
  const operator = part[at + 1];
  const rest = part.slice(at + 2);
  const single = isMark(operator, '=') && rest.length === 1;
  const list = operator?.kind === 'word' && operator.text === 'in' && isMark(rest[0], '(');
  if (!single && !list) return;
  const operands = readOperands(list ? rest.slice(1, -1) : rest, argumentsBefore);
  if (operands === null) return;
  const known = filter.get(column.text);
  // Two conditions on one column: the shorter list is no weaker.
  if (known === undefined || operands.length < known.length) filter.set(column.text, operands);
}

function readOperands(tokens: readonly Token[], argumentsBefore: number): Operand[] | null {
  const operands: Operand[] = [];
  for (const [index, token] of tokens.entries()) {
    if (index % 2 === 1) {
      if (!isMark(token, ',')) return null;
      continue;
    }
    if (token.kind === 'param') {
      // One with a name or number may stand for any argument.
      if (token.raw !== '') return null;
      operands.push({ argument: argumentsBefore + operands.filter((one) => 'argument' in one).length });
    } else if (token.kind === 'number' && /^\d+$/.test(token.text)) {
      operands.push({ literal: BigInt(token.text) });
    } else if (token.kind === 'string' && token.raw === "'" && !token.text.includes('\\')) {
      // In double quotes it may be a column, depending on the server's mode.
      operands.push({ literal: token.text });
    } else {
      return null;
    }
  }
  return tokens.length % 2 === 1 ? operands : null;
}
