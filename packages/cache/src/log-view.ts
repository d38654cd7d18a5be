import type { LogRecord } from './log-record.ts';
import { type Position, ZERO } from './position.ts';
import { createTagStates, type TagStates } from './tag-states.ts';
import type { Stamp } from './types.ts';
import { createWriteMarks, type WriteMarks } from './write-marks.ts';

/**
 * How far this process has read the log, and what it says of each tag.
 * The cursor moves only along the chain of records; a record of our own takes effect at once, wherever the cursor is.
 */
export interface LogView {
  /** Null until Redis has been reached. */
  readonly epoch: string | null;
  readonly cursor: Position;
  readonly tags: TagStates;
  readonly marks: WriteMarks;
  stamp(): Stamp;
  /** Takes the next record. `gap`: records before it are missing, and the states must be read anew. */
  follow(record: LogRecord): 'applied' | 'known' | 'gap';
  /** Takes a record that this process appended, without moving the cursor past records that it has not read. */
  adopt(record: LogRecord): void;
  /** Starts over: everything known is forgotten. */
  reset(epoch: string, cursor: Position, floor: Position): void;
  /** Continues at `cursor` after the states up to there were joined in. */
  resumeAt(cursor: Position): void;
}

/** Stands in a stamp before any epoch is known; equals none. */
const NO_EPOCH = '';

export function createLogView(): LogView {
  const tags = createTagStates();
  const marks = createWriteMarks();
  let epoch: string | null = null;
  let cursor = ZERO;
  let stamp: Stamp = { epoch: NO_EPOCH, position: ZERO };

  function moveTo(position: Position) {
    cursor = position;
    stamp = { epoch: epoch ?? NO_EPOCH, position };
  }

  function join(record: LogRecord) {
    for (const [tag, state] of record.tags) tags.join(tag, state);
    tags.raiseFloor(record.floor);
    if (record.begins !== undefined) marks.begin(record.begins);
    if (record.ends !== undefined) marks.end(record.ends);
  }

  return {
    get epoch() {
      return epoch;
    },
    get cursor() {
      return cursor;
    },
    tags,
    marks,
    stamp: () => stamp,
    follow(record) {
      if (record.position <= cursor) return 'known';
      if (record.previous !== cursor) return 'gap';
      join(record);
      moveTo(record.position);
      return 'applied';
    },
    adopt(record) {
      join(record);
      if (record.previous === cursor) moveTo(record.position);
    },
    reset(newEpoch, position, floor) {
      epoch = newEpoch;
      tags.clear();
      marks.clear();
      tags.raiseFloor(floor);
      moveTo(position);
    },
    resumeAt(position) {
      if (position > cursor) moveTo(position);
    },
  };
}
