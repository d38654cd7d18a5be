import type { LogAppend } from './backend.ts';
import { type Position, ZERO } from './position.ts';
import type { TagState } from './tag-states.ts';
import type { WriteMark } from './write-marks.ts';

/** What a record changes. */
export interface LogEffect {
  readonly tags: readonly (readonly [tag: string, state: TagState])[];
  /** A database write begins. */
  readonly begins?: WriteMark;
  /** The write with this token is over. */
  readonly ends?: string;
}

/** One record of the log. */
export interface LogRecord extends LogEffect {
  readonly position: Position;
  /** The record before it. */
  readonly previous: Position;
  /** Entries below it are unusable since this record. */
  readonly floor: Position;
}

const expiredAt = (position: Position): TagState => ({
  expirePos: position,
  stalePos: ZERO,
  staleDeadlineMs: 0,
});

/**
 * What `what` changes when it is appended at `position`.
 * @param staleState The state of a tag after a `stale` record: only the log's writer knows its predecessors.
 * @param deadlineMs When the lease of a `begin` record is over, in Redis time.
 */
export function effectOf(
  what: Pick<LogAppend, 'mode'> & { readonly token?: string | undefined },
  position: Position,
  tags: readonly string[],
  staleState: (tag: string, index: number) => TagState,
  deadlineMs: number,
): LogEffect {
  const { mode, token } = what;
  const ends = token === undefined ? {} : { ends: token };
  switch (mode) {
    case 'expire':
    case 'commit':
    case 'reap':
      return { tags: tags.map((tag) => [tag, expiredAt(position)]), ...ends };
    case 'stale':
      return { tags: tags.map((tag, index) => [tag, staleState(tag, index)]) };
    case 'begin':
      return token === undefined ? { tags: [] } : { tags: [], begins: { token, tags, position, deadlineMs } };
    case 'abort':
      return { tags: [], ...ends };
  }
}
