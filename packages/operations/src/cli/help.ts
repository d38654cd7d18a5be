export const HELP = `pnpm run cache <command> [options]        talks to Redis directly; reads .env

  health                         is Redis well, and how many entries are there of each kind
  metrics                        what INFO says, the slow log, the alerts
  stats [--watch]                the processes: lookups, hit rate, lag
  tags [--text T]                tags that were invalidated, the last ones first
  inspect <kind:key>             one entry: tags, age, remaining life, whether it may be used and why not
  inspect [--kind K] [--text T] [--tag T] [--limit N]
  invalidate --tag T --path P --kind K [--wait]
                                 each may be repeated; P is /a/path, or /a/prefix/*
  clear [kind]                   everything, or one kind; sessions only when they are named
  monitor [expire|stale|commit|begin|abort|reap] [--tag T] [--limit N]
                                 what is invalidated, as it happens
  doctor                         settings against what we recommend, each finding with its cure

  --json for machines, --yes to be asked nothing

Exit codes: 0 well, 1 not well, 2 wrong usage, 3 Redis cannot be reached.
`;
