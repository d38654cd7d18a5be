/**
 * The rules of the protocol that the model can switch off one by one, each as what the engine does. Exploring with one
 * switched off must find a violation: this is how the model proves that it would see a mistake.
 */
export const RULES = {
  'stamp-at-begin': 'a value carries the stamp taken before its computation read anything',
  'own-append-keeps-cursor': 'an own record does not move the cursor past records that are still unread',
  'own-append-shows': 'what was recorded but cannot be applied here counts as not recorded yet',
  'gap-checked': 'a record whose predecessor is not the cursor makes the reader read the states anew',
  'head-compared': 'a read of an entry catches up with the head that it saw beside it',
  'floor-checked': 'an entry below the floor is unusable',
  'expire-survives-stale': 'a later stale mark does not hide an earlier expiry',
  'late-set-loses': 'an entry does not replace a later one of the same epoch',
  'run-id-in-epoch': 'another server, or the same one restarted, is another epoch',
  'random-epoch': 'after a loss of the log the epoch is a new random one',
  'recent-replayed': 'on a new epoch a process records again what it invalidated lately',
  'proof-of-sync': 'a copy in memory counts only with recent proof of having read the whole log',
  'pending-held': 'a tag whose invalidation is not recorded yet is neither served nor stored here',
  'spool-replayed': 'a process sends what its predecessor could not, before it trusts Redis',
  'spool-keeps-unmarked-writes': 'the spool is not cleared while a write without a mark is under way',
  'join-what-stands':
    'a caller is given what was begun before it came only if nothing has invalidated or is writing its tags',
  'marks-withhold': 'a tag with a standing mark is neither served nor stored',
  'marks-per-writer': 'the end of one write leaves the marks of the others',
  'mark-ends-by-record': 'no process lifts a mark by its own clock',
  'reap-expires': 'a write whose writer is gone counts as committed',
  'secured-before-commit': 'a writer makes sure of its mark right before COMMIT',
  'marks-loaded': 'reading the states anew includes the marks',
  'position-before-states': 'reading the states anew continues at a position taken before it',
  'log-read-after-states':
    'states read anew count only when the log was read up to where it had come meanwhile',
} as const;

export type Rule = keyof typeof RULES;
export type Rules = Readonly<Record<Rule, boolean>>;

export const ALL_RULES = Object.keys(RULES) as Rule[];

/** Every rule in force but the given one. */
export function rulesWithout(off: Rule | null): Rules {
  return Object.fromEntries(ALL_RULES.map((rule) => [rule, rule !== off])) as Record<Rule, boolean>;
}
