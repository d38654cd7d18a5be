import type { Position } from './position.ts';

/** A writer's announcement that it is about to change what these tags stand for. Ends only by a record. */
export interface WriteMark {
  readonly token: string;
  readonly tags: readonly string[];
  /** Of the record that set it. */
  readonly position: Position;
  /** Redis time; later ones after renewals are known to Redis only. */
  readonly deadlineMs: number;
}

export interface WriteMarks {
  readonly size: number;
  has(token: string): boolean;
  holds(tag: string): boolean;
  begin(mark: WriteMark): void;
  end(token: string): void;
  /** Ends a mark that was set at or before `position`, not one that was set again since. */
  endUpTo(token: string, position: Position): void;
  /** Marks whose lease seems to be over: Redis decides. */
  overdue(nowMs: number): WriteMark[];
  /** Redis said that a mark was renewed. */
  extend(token: string, deadlineMs: number): void;
  /** After a complete reading of the marks at `position`: forgets those that were set by then and are gone. */
  keepOnly(tokens: ReadonlySet<string>, position: Position): void;
  clear(): void;
}

export function createWriteMarks(): WriteMarks {
  const marks = new Map<string, WriteMark>();
  const writers = new Map<string, Set<string>>();

  function end(token: string) {
    for (const tag of marks.get(token)?.tags ?? []) {
      const tokens = writers.get(tag);
      tokens?.delete(token);
      if (tokens?.size === 0) writers.delete(tag);
    }
    marks.delete(token);
  }

  return {
    get size() {
      return marks.size;
    },
    has: (token) => marks.has(token),
    holds: (tag) => marks.size > 0 && writers.has(tag),
    begin(mark) {
      end(mark.token);
      marks.set(mark.token, mark);
      for (const tag of mark.tags) {
        const tokens = writers.get(tag) ?? new Set();
        writers.set(tag, tokens.add(mark.token));
      }
    },
    end,
    endUpTo(token, position) {
      const mark = marks.get(token);
      if (mark !== undefined && mark.position <= position) end(token);
    },
    overdue: (nowMs) => [...marks.values()].filter((mark) => mark.deadlineMs <= nowMs),
    extend(token, deadlineMs) {
      const mark = marks.get(token);
      if (mark !== undefined) marks.set(token, { ...mark, deadlineMs });
    },
    keepOnly(tokens, position) {
      for (const mark of marks.values()) {
        if (mark.position <= position && !tokens.has(mark.token)) end(mark.token);
      }
    },
    clear() {
      marks.clear();
      writers.clear();
    },
  };
}
