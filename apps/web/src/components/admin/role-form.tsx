'use client';

import { useActionState } from 'react';
import type { Messages } from '../../messages/shape.ts';
import { saveRole } from '../../server/actions/admin-users.ts';
import type { UserRow } from '../../server/admin-users.ts';
import { SelectField } from '../catalogue/select-field.tsx';
import { FormAlert } from '../form/form-alert.tsx';
import type { FormTexts } from '../form/texts.ts';

interface RoleFormProps {
  user: Pick<UserRow, 'id' | 'role'>;
  labels: Messages['users'];
  roles: Pick<Messages['account'], 'roleUser' | 'roleEditor' | 'roleAdmin'>;
  texts: FormTexts;
}

/** Gives a user another role. */
export function RoleForm({ user, labels, roles, texts }: RoleFormProps) {
  const [state, action, pending] = useActionState(saveRole, null);
  return (
    <form action={action} className="mt-5 max-w-xs space-y-4">
      {state?.ok === false && <FormAlert error={state.error} texts={texts} />}
      <input type="hidden" name="id" value={user.id} />
      <SelectField
        // A new element for another role: the field keeps what it began with.
        key={user.role}
        id="user-role"
        name="role"
        label={labels.role}
        value={user.role}
        options={[
          { value: 'user', label: roles.roleUser },
          { value: 'editor', label: roles.roleEditor },
          { value: 'admin', label: roles.roleAdmin },
        ]}
      />
      <button type="submit" className="button button-quiet" disabled={pending}>
        {labels.saveRole}
      </button>
      <p role="status" className="text-sm font-semibold">
        {state?.ok && labels.roleSaved}
      </p>
    </form>
  );
}
