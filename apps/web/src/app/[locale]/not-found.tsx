import { NotFoundNotice } from '../../components/not-found-notice.tsx';

export default function NotFound() {
  return <NotFoundNotice />;
}
