import type { Scripts } from './connect.ts';
import type { Resolved } from './options.ts';
import { numberOf } from './replies.ts';
import { CREATE_TOKEN } from './scripts/token-scripts.ts';
import type { VerificationTokenMethods } from './types.ts';

export function verificationTokens(
  scripts: Scripts,
  { keys, maxTokensPerIdentifier }: Resolved,
): VerificationTokenMethods {
  return {
    async createVerificationToken(token) {
      const id = keys.tokenId(token.identifier, token.token);
      const ttlMs = token.expires.getTime() - Date.now();
      if (ttlMs < 1) return token;
      await scripts.run(
        CREATE_TOKEN,
        [keys.key('t', id)],
        [keys.base, id, keys.emailId(token.identifier), Math.round(ttlMs), maxTokensPerIdentifier],
      );
      return token;
    },

    /** One command reads and deletes (GETDEL), so that of any number of tries one succeeds. */
    async useVerificationToken({ identifier, token }) {
      const expires = await scripts.command('GETDEL', [keys.key('t', keys.tokenId(identifier, token))]);
      return expires === null ? null : { identifier, token, expires: new Date(numberOf(expires)) };
    },
  };
}
