interface Exception {
  /** What of a hardened server is left out. */
  readonly without: 'users and TLS' | 'least privilege';
  readonly because: string;
}

/**
 * What a run against hardened servers (`pnpm test:hardened`) leaves out, and why. A test whose Redis has no users and
 * TLS, or whose code under test may do everything there, names one of these; there is no other way.
 */
export const UNHARDENED = {
  password: {
    without: 'users and TLS',
    because:
      'what is said of a wrong, missing or unwanted password of `default`, whom hardened servers do not have',
  },
  certificate: {
    without: 'users and TLS',
    because: 'whom a client trusts, and what it says where one side speaks no TLS: certificates of their own',
  },
  given: {
    without: 'users and TLS',
    because: 'stands for a Redis that somebody names by TEST_REDIS_URL, which may be any',
  },
  transport: {
    without: 'least privilege',
    because:
      'whether a connection carries all kinds of commands, replies and errors, also those of no use to the site',
  },
} as const satisfies Record<string, Exception>;

export type UnhardenedReason = keyof typeof UNHARDENED;
