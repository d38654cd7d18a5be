import { currentLanguage } from '../../i18n/current.ts';

/** Lines in the place of content that is on its way. */
export async function Skeleton({ lines = 6 }: { lines?: number }) {
  const { t } = await currentLanguage();
  return (
    <div role="status" className="border-t border-rule pt-6">
      <span className="sr-only">{t('loading')}</span>
      <div aria-hidden="true" className="animate-pulse space-y-5">
        {Array.from({ length: lines }, (_, index) => (
          <div key={index} className="h-5 bg-panel" style={{ width: `${[92, 78, 85, 64][index % 4]}%` }} />
        ))}
      </div>
    </div>
  );
}
