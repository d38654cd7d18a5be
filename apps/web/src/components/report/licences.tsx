import { currentLanguage } from '../../i18n/current.ts';
import type { LicencePrices } from '../../server/catalogue.ts';

/** What a report costs, by who may read it. */
export async function Licences({ prices }: { prices: LicencePrices }) {
  const { t, format } = await currentLanguage();
  const licences = [
    { key: 'single', name: t('report.single'), text: t('report.singleText'), price: prices.single },
    { key: 'multi', name: t('report.multi'), text: t('report.multiText'), price: prices.multi },
    {
      key: 'enterprise',
      name: t('report.enterprise'),
      text: t('report.enterpriseText'),
      price: prices.enterprise,
    },
  ];
  return (
    <dl>
      {licences.map(({ key, name, text, price }) => (
        <div
          key={key}
          data-testid={`price-${key}`}
          className="grid grid-cols-[1fr_auto] gap-x-4 border-t border-rule py-3.5 first:border-ink"
        >
          <dt className="font-semibold">{name}</dt>
          <dd className="figures text-end font-serif text-xl leading-snug">{format.usd(price)}</dd>
          <dd className="kicker col-span-2 mt-0.5">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
