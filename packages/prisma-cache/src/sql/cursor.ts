import type { Token } from './tokens.ts';

/** A place in a statement's tokens, and what grammars ask of it. */
export interface Cursor {
  readonly at: number;
  readonly end: number;
  peek(ahead?: number): Token | undefined;
  /** Whether the next token is one of these unquoted words or marks. */
  is(...texts: string[]): boolean;
  /** Goes past the next token if it is one of these. */
  skip(...texts: string[]): boolean;
  next(): Token | undefined;
  /** Goes past a parenthesis and everything in it. */
  skipGroup(): void;
  /** A name with its qualifiers, such as `shop`.`Order`; the last part. Null when there is none here. */
  name(): string | null;
}

export function createCursor(tokens: readonly Token[], from = 0, end = tokens.length): Cursor {
  let at = from;

  const peek = (ahead = 0) => (at + ahead < end ? tokens[at + ahead] : undefined);

  function is(...texts: string[]): boolean {
    const token = peek();
    return (
      token !== undefined && (token.kind === 'word' || token.kind === 'mark') && texts.includes(token.text)
    );
  }

  const cursor: Cursor = {
    get at() {
      return at;
    },
    end,
    peek,
    is,
    skip(...texts) {
      const found = is(...texts);
      if (found) at += 1;
      return found;
    },
    next() {
      const token = peek();
      at += 1;
      return token;
    },
    skipGroup() {
      let depth = 0;
      do {
        if (is('(')) depth += 1;
        else if (is(')')) depth -= 1;
        at += 1;
      } while (depth > 0 && at < end);
    },
    name() {
      let last: string | null = null;
      for (;;) {
        const token = peek();
        if (token === undefined || (token.kind !== 'word' && token.kind !== 'name')) return last;
        last = token.text;
        at += 1;
        if (!is('.')) return last;
        at += 1;
      }
    },
  };
  return cursor;
}
