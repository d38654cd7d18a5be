import { normaliseEmail } from '@tbi/database';
import { z } from 'zod';

/** An address that mail can be sent to, as accounts have it: one, ASCII, in lower case. */
export const emailAddress = z.string().trim().min(1).max(191).pipe(z.email()).transform(normaliseEmail);
