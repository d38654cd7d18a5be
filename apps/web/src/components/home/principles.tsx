import { currentLanguage } from '../../i18n/current.ts';
import { Section } from '../layout/section.tsx';

/** What the publisher stands for. */
export async function Principles() {
  const { t } = await currentLanguage();
  const principles = [
    { title: t('home.principleFiguresTitle'), text: t('home.principleFiguresText') },
    { title: t('home.principleIndependenceTitle'), text: t('home.principleIndependenceText') },
    { title: t('home.principleAnalystsTitle'), text: t('home.principleAnalystsText') },
  ];
  return (
    <Section id="principles" title={t('home.principles')}>
      <div className="mt-8 grid gap-x-12 gap-y-9 md:grid-cols-3">
        {principles.map(({ title, text }) => (
          <div key={title}>
            <h3 className="text-xl">{title}</h3>
            <p className="mt-2.5 text-muted">{text}</p>
          </div>
        ))}
      </div>
    </Section>
  );
}
