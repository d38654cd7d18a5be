'use client';

import { endUserSessions } from '../../server/actions/admin-users.ts';
import { ActionForm } from '../form/action-form.tsx';
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
  return (
    <ActionForm action={endUserSessions} hidden={{ id: userId, session }} submit={label} texts={texts} />
  );
}
