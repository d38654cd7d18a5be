export type Dialect = 'mysql' | 'sqlite';

/**
 * One token of a statement. `word`: an unquoted name or keyword, in lower case. `name`: a quoted identifier, in lower
 * case, because databases differ in whether the case of a table's name counts. `param`: a placeholder.
 */
export interface Token {
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'param' | 'mark';
  readonly text: string;
  /** The text as it was written; of a `string` its quote, of a `param` its name or number. */
  readonly raw: string;
}

const SPACE = /\s+/y;
const WORD = /[\p{L}_$@][\p{L}\p{N}_$@]*/uy;
const NUMBER = /(?:0x[0-9a-f]+|\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+)/iy;
const PARAM = /\?(\d*)/y;
/** SQLite's placeholders with names; in MySQL these are variables. */
const NAMED_PARAM = /[$:@]([\p{L}\p{N}_$]+)/uy;
const MARK = /<=>|<=|>=|<>|!=|:=|\|\||&&|->>|->|./suy;
const LINE = /[^\n]*/y;

/**
 * Splits SQL into tokens, without comments. Null for what cannot be read with certainty: an unfinished string or
 * comment, or a comment that MySQL executes.
 */
export function tokenize(sql: string, dialect: Dialect): Token[] | null {
  const tokens: Token[] = [];
  let at = 0;

  function take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at;
    const match = pattern.exec(sql);
    if (match !== null) at += match[0].length;
    return match;
  }

  /** The text between two quotes, of which a doubled one stands for itself. Null: it never ends. */
  function quoted(close: string, backslash: boolean): string | null {
    let text = '';
    for (at += 1; at < sql.length; at += 1) {
      const char = sql[at];
      if (backslash && char === '\\') {
        at += 1;
        text += '\\';
      } else if (char !== close) {
        text += char;
      } else if (sql[at + 1] === close) {
        at += 1;
        text += close;
      } else {
        at += 1;
        return text;
      }
    }
    return null;
  }

  function comment(): boolean | null {
    const two = sql.slice(at, at + 2);
    if (two === '/*') {
      if (/^\/\*M?!/.test(sql.slice(at, at + 4))) return null;
      const end = sql.indexOf('*/', at + 2);
      if (end < 0) return null;
      at = end + 2;
      return true;
    }
    const dashes = two === '--' && (dialect === 'sqlite' || /^--(\s|$)/.test(sql.slice(at, at + 3)));
    if (!dashes && !(dialect === 'mysql' && sql[at] === '#')) return false;
    take(LINE);
    return true;
  }

  while (at < sql.length) {
    if (take(SPACE) !== null) continue;
    const skipped = comment();
    if (skipped === null) return null;
    if (skipped) continue;
    const char = sql[at] ?? '';
    if (char === "'" || char === '"' || char === '`' || (char === '[' && dialect === 'sqlite')) {
      const isName = char === '`' || char === '[' || (char === '"' && dialect === 'sqlite');
      const text = quoted(char === '[' ? ']' : char, !isName && dialect === 'mysql');
      if (text === null) return null;
      tokens.push(
        isName ? { kind: 'name', text: text.toLowerCase(), raw: text } : { kind: 'string', text, raw: char },
      );
      continue;
    }
    tokens.push(simple());
  }
  return tokens;

  function simple(): Token {
    const param = take(PARAM) ?? (dialect === 'sqlite' ? take(NAMED_PARAM) : null);
    if (param !== null) return { kind: 'param', text: '?', raw: param[1] ?? '' };
    const number = take(NUMBER);
    if (number !== null) return { kind: 'number', text: number[0], raw: number[0] };
    const word = take(WORD);
    if (word !== null) return { kind: 'word', text: word[0].toLowerCase(), raw: word[0] };
    const [mark] = take(MARK) ?? [''];
    return { kind: 'mark', text: mark, raw: mark };
  }
}
