import Link from 'next/link';
import { currentLanguage } from '../../i18n/current.ts';
import { paths } from '../../i18n/paths.ts';
import type { UserRow } from '../../server/admin-users.ts';
import { roleLabels } from '../account/role-labels.ts';
import { StatusMark } from '../account/status-mark.tsx';

/** The users as a list, the newest first. */
export async function UserTable({ users }: { users: readonly UserRow[] }) {
  const { locale, t, format } = await currentLanguage();
  return (
    <ul className="figures border-t border-ink text-sm">
      {users.map((user) => (
        <li
          key={user.id}
          className="grid items-baseline gap-x-6 gap-y-1 border-b border-rule py-3 hover:bg-panel sm:grid-cols-[1fr_auto_12rem]"
        >
          <div>
            <Link
              href={paths.adminUser(locale, user.id)}
              prefetch={false}
              className="text-link font-semibold"
            >
              {user.email}
            </Link>
            {user.name !== null && <span className="kicker block">{user.name}</span>}
          </div>
          <StatusMark strong={user.role !== 'user'}>{t(roleLabels[user.role])}</StatusMark>
          <time dateTime={user.createdAt} className="text-muted sm:text-end">
            {format.date(user.createdAt)}
          </time>
        </li>
      ))}
    </ul>
  );
}
