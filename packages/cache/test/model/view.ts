import type { Knowledge } from '../../src/freshness.ts';
import type { LogRecord } from '../../src/log-record.ts';
import { createLogView, type LogView } from '../../src/log-view.ts';
import { ZERO } from '../../src/position.ts';
import type { Stamp } from '../../src/types.ts';
import { type Model, type Process, TAG, TAGS, type View } from './world.ts';

/** Runs the engine's own view on a process's part of the world. */
export function withView<T>(process: Process, run: (view: LogView) => T): T {
  const view = createLogView();
  load(view, process.view);
  const result = run(view);
  process.view = save(view);
  return result;
}

function load(view: LogView, { epoch, cursor, floor, tags, marks }: View) {
  if (epoch !== null) view.reset(epoch, cursor, floor);
  for (const [tag, state] of Object.entries(tags)) view.tags.join(tag, state);
  for (const mark of marks) view.marks.begin(mark);
}

function save(view: LogView): View {
  const tags: View['tags'] = {};
  for (const tag of TAGS) {
    const state = view.tags.get(tag);
    if (state !== undefined) tags[tag] = state;
  }
  const marks = view.marks.overdue(Number.POSITIVE_INFINITY);
  marks.sort((a, b) => (a.token < b.token ? -1 : 1));
  return { epoch: view.epoch, cursor: view.cursor, floor: view.tags.floor, tags, marks };
}

export function stampOf({ view }: Process): Stamp {
  return { epoch: view.epoch ?? '', position: view.cursor };
}

/** Applies records in order. False: some before them are missing. */
export function followRecords(model: Model, process: Process, records: readonly LogRecord[]): boolean {
  if (records.length === 0) return true;
  return withView(process, (view) => {
    for (const record of records) {
      const outcome = view.follow(record);
      if (outcome === 'gap' && model.rules['gap-checked']) return false;
      if (outcome === 'gap') {
        view.adopt(record);
        view.resumeAt(record.position);
      }
      endOthers(model, view, record);
    }
    return true;
  });
}

/** Takes a record that the process itself appended. */
export function adoptOwn(model: Model, process: Process, record: LogRecord) {
  withView(process, (view) => {
    view.adopt(record);
    endOthers(model, view, record);
    if (!model.rules['own-append-keeps-cursor']) view.resumeAt(record.position);
  });
}

/** Without a mark for each writer the end of one write ends all on its tags. */
function endOthers(model: Model, view: LogView, record: LogRecord) {
  if (model.rules['marks-per-writer'] || record.ends === undefined) return;
  const ended = new Set(record.tags.map(([tag]) => tag));
  for (const mark of view.marks.overdue(Number.POSITIVE_INFINITY)) {
    if (mark.tags.some((tag) => ended.has(tag))) view.marks.end(mark.token);
  }
}

/** What the process judges entries by: mirrors the knowledge that `src/store.ts` builds. */
export function knowledgeOf({ world, rules }: Model, process: Process): Knowledge {
  const { view, outbox, write } = process;
  const stands = (deadlineMs: number) => rules['mark-ends-by-record'] || deadlineMs > world.now;
  return {
    epoch: view.epoch,
    tags: { get: (tag) => view.tags[tag], floor: rules['floor-checked'] ? view.floor : ZERO },
    isPending: (tag) =>
      rules['pending-held'] &&
      (outbox.some((letter) => letter.tag === tag) || (tag === TAG && write?.held === true)),
    marks: {
      holds: (tag) =>
        rules['marks-withhold'] &&
        view.marks.some((mark) => mark.tags.includes(tag) && stands(mark.deadlineMs)),
    },
    nowMs: world.now,
  };
}
