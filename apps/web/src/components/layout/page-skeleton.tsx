import { Skeleton } from './skeleton.tsx';

/** A page that is on its way. */
export function PageSkeleton() {
  return (
    <div className="page py-16">
      <div aria-hidden="true" className="mb-10 h-12 w-2/3 animate-pulse bg-panel" />
      <Skeleton />
    </div>
  );
}
