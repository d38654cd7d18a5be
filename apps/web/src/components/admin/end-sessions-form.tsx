'use client';

import { useActionState } from 'react';
import { endUserSessions } from '../../server/actions/admin-users.ts';
import { FormAlert } from '../form/form-alert.tsx';
import type { FormTexts } from '../form/texts.ts';

interface EndSessionsFormProps {
  userId: string;
  /** Empty: all. */
  session: string;
  label: string;
  texts: FormTexts;
}

/** Ends a session of a user, or all. */
export function EndSessionsForm({ userId, session, label, texts }: EndSessionsFormProps) {
  const [state, action, pending] = useActionState(endUserSessions, null);
  return (
    <form action={action}>
      {state?.ok === false && <FormAlert error={state.error} texts={texts} />}
      <input type="hidden" name="id" value={userId} />
      <input type="hidden" name="session" value={session} />
      <button type="submit" className="button button-quiet" disabled={pending}>
        {label}
      </button>
    </form>
  );
}
