'use client';

import type { Messages } from '../../messages/shape.ts';
import { saveRole } from '../../server/actions/admin-users.ts';
import type { UserRow } from '../../server/admin-users.ts';
import { SelectField } from '../catalogue/select-field.tsx';
import { ActionForm } from '../form/action-form.tsx';
import type { FormTexts } from '../form/texts.ts';

interface RoleFormProps {
  user: Pick<UserRow, 'id' | 'role'>;
  labels: Messages['users'];
  roles: Pick<Messages['account'], 'roleUser' | 'roleEditor' | 'roleAdmin'>;
  texts: FormTexts;
}

/** Gives a user another role. */
export function RoleForm({ user, labels, roles, texts }: RoleFormProps) {
  return (
    <ActionForm
      action={saveRole}
      hidden={{ id: user.id }}
      submit={labels.saveRole}
      saved={labels.roleSaved}
      className="mt-5 max-w-xs space-y-4"
      texts={texts}
    >
      {(field) => (
        <SelectField
          // A new element for another role: the field keeps what it began with.
          key={user.role}
          id={field('role').id}
          name="role"
          label={labels.role}
          value={user.role}
          options={[
            { value: 'user', label: roles.roleUser },
            { value: 'editor', label: roles.roleEditor },
            { value: 'admin', label: roles.roleAdmin },
          ]}
        />
      )}
    </ActionForm>
  );
}
