import { myriads, number, separators } from './numbers.ts';
import type { Prose, RegionWords } from './prose.ts';

const region = (name: string): RegionWords => ({ name, subject: name, within: `${name}で` });

export const ja: Prose = {
  regions: {
    'north-america': region('北米'),
    europe: region('欧州'),
    'asia-pacific': region('アジア太平洋'),
    'latin-america': region('中南米'),
    'middle-east-africa': region('中東・アフリカ'),
  },
  money: (usdM) =>
    `${myriads(usdM, { trillion: '兆', hundredMillion: '億', tenThousand: '万' }).join('')}米ドル`,
  percent: (value, decimals) => `${number(value, decimals, separators.english)}%`,
  segmentName: (name) => name,
  title: (market, forecastYear) => `${market}市場：${forecastYear}年までの展望`,
  openings: [
    ({ market, base, end, size, forecast, cagr }) =>
      `${market}市場は${base}年に${size}に達し、年平均${cagr}で成長して${end}年には${forecast}になると予測されます。`,
    ({ market, base, end, size, forecast, cagr }) =>
      `${market}市場は${base}年の${size}から${end}年の${forecast}へと、年率${cagr}の拡大が見込まれます。`,
    ({ market, base, end, size, forecast, cagr }) =>
      `当社は${base}年の${market}市場を${size}と推計しており、年平均成長率${cagr}で推移して${end}年には${forecast}に達する見通しです。`,
    ({ market, base, end, size, forecast, cagr }) =>
      `${market}市場の${base}年の売上高は${size}で、${end}年は${forecast}、年平均成長率は${cagr}と予測しています。`,
    ({ market, base, end, size, forecast, cagr }) =>
      `${end}年までに、${market}市場は${base}年の${size}から${forecast}へ拡大する見込みです（CAGR：${cagr}）。`,
    ({ market, base, end, size, forecast, cagr }) =>
      `本レポートは、${market}市場の規模を${base}年で${size}、${end}年で${forecast}と算出しており、年率に換算すると${cagr}の成長となります。`,
    ({ market, base, end, size, forecast, cagr }) =>
      `${market}市場の需要は${base}年に合計${size}となり、毎年${cagr}のペースで伸びて${end}年には${forecast}に上る見通しです。`,
    ({ market, base, end, size, forecast, cagr }) =>
      `年率${cagr}の成長が続く${market}市場は、${base}年の${size}から${end}年には${forecast}へと拡大する見込みです。`,
  ],
  segments: [
    ({ by, segment, share, rising, base }) =>
      `${by}別では、${base}年の売上の${share}を${segment}が占め、最も速く伸びたのは${rising}でした。`,
    ({ by, segment, share, rising }) =>
      `${by}別の内訳を見ると、${segment}が${share}で最大となり、伸び率では${rising}が上回りました。`,
    ({ by, segment, share, rising, end }) =>
      `${by}別の分析では${segment}が売上の${share}で首位に立ちますが、${end}年にかけて${rising}との差は縮まる見通しです。`,
    ({ by, segment, share, rising }) =>
      `${by}別に分けると${segment}が${share}を占める一方、${rising}が最も大きく存在感を高めています。`,
    ({ by, segment, share, rising, base }) =>
      `${base}年の売上を${by}別に見ると${share}が${segment}によるもので、今後は${rising}の成長が最も速いと見込まれます。`,
    ({ by, segment, share, rising, end }) =>
      `${by}別で最大の区分は売上の${share}を占める${segment}ですが、${end}年まで${rising}が年々シェアを伸ばすと予想されます。`,
  ],
  regionsCompared: [
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `地域別では${region.subject}が売上の${regionShare}で首位となり、${risingRegion.subject}は年率${risingCagr}と最も速い成長が見込まれます。`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `最大の地域市場はシェア${regionShare}の${region.subject}で、成長率が最も高いのは${risingRegion.subject}（年率${risingCagr}）です。`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `売上の約${regionShare}は${region.subject}が占めていますが、勢いでは年率${risingCagr}の${risingRegion.subject}が勝ります。`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `地域を比べると${region.subject}が${regionShare}で先行し、${risingRegion.subject}の売上は毎年${risingCagr}ずつ増える見通しです。`,
    ({ region, regionShare, risingRegion, risingCagr, end }) =>
      `${end}年までの伸びは${risingRegion.subject}が最大（年率${risingCagr}）となる一方、現時点では${region.subject}が売上の${regionShare}を握っています。`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `各社は売上の${regionShare}を${region.within}得ており、新たな商機は年率${risingCagr}で伸びる${risingRegion.subject}に広がります。`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `地域別に見ると、市場の${regionShare}を占める${region.subject}を、年率${risingCagr}で伸びる${risingRegion.subject}が追い上げています。`,
  ],
  forces: [
    ({ driver, otherDriver, restraint }) =>
      `${driver}と${otherDriver}が成長を支える一方、${restraint}が主な制約となります。`,
    ({ driver, otherDriver, restraint }) =>
      `追い風となるのは${driver}と${otherDriver}、逆風となるのは${restraint}です。`,
    ({ driver, otherDriver, restraint }) =>
      `供給各社には${driver}や${otherDriver}が追い風となりますが、${restraint}への対応も欠かせません。`,
    ({ driver, otherDriver, restraint }) =>
      `市場を押し上げるのは${driver}と${otherDriver}ですが、${restraint}が伸びを抑える可能性があります。`,
    ({ driver, otherDriver, restraint }) =>
      `こうした数字の背景には${driver}と${otherDriver}があり、最大のリスクとして${restraint}が挙げられます。`,
    ({ driver, otherDriver, restraint }) =>
      `当社のアナリストは、成長の原動力に${driver}と${otherDriver}を、最大の障壁に${restraint}を挙げています。`,
    ({ driver, otherDriver, restraint }) =>
      `予測の前提には${driver}と${otherDriver}があり、不確実な要素として${restraint}も織り込んでいます。`,
    ({ driver, otherDriver, restraint }) =>
      `市場を特徴づけるのは${driver}と${otherDriver}という二つの流れですが、${restraint}には注意が必要です。`,
    ({ driver, otherDriver, restraint }) =>
      `受注拡大の要因として${driver}と${otherDriver}が、足かせとして${restraint}が挙げられます。`,
  ],
  space: '',
  contents: {
    summary: {
      title: 'エグゼクティブサマリー',
      sections: [
        ({ base, end }) => [`市場の概観（${base}～${end}年）`, '主な調査結果', '成長の源泉'],
        ({ base, end }) => ['重要な10の結論', `${base}年と${end}年の市場規模`, '今取るべき行動'],
        ({ end }) => ['調査結果の要点', `${end}年までのシナリオ`, '供給企業と投資家への提言'],
      ],
    },
    scope: {
      title: '調査範囲と定義',
      sections: [
        () => ['市場の定義', '対象セグメントと地域', '通貨と価格'],
        ({ base }) => ['市場の境界', '用語の説明', `基準年（${base}年）と価格基準`],
      ],
    },
    forces: {
      title: '市場の動向',
      driver: (phrase) => `促進要因：${phrase}`,
      restraint: (phrase) => `抑制要因：${phrase}`,
      sections: [
        () => ['市場機会', '競争要因の分析'],
        () => ['新規参入の機会', '政治・経済環境'],
        ({ end }) => [`${end}年までのトレンド`, '予測の感度分析'],
      ],
    },
    valueChain: {
      title: 'バリューチェーンと規制',
      sections: [
        () => ['供給企業と投入材', '価格の推移', '規格と規制'],
        () => ['原材料から顧客まで', 'コスト構造と利益率', '特許と研究開発'],
        () => ['調達と貿易の流れ', '技術ロードマップ', '地域別の規制'],
      ],
    },
    bySegment: (by) => `${by}別市場`,
    byRegion: '地域別市場',
    competition: {
      title: '競争環境',
      sections: [
        ({ base }) => [`${base}年の市場シェア`, '合併・買収・提携', '企業プロファイル'],
        () => ['主要企業のポジショニング', '新製品の投入', '企業プロファイル'],
        () => ['市場の集中度', '首位企業と挑戦者の戦略', '企業プロファイル'],
      ],
    },
    method: {
      title: '調査方法',
      sections: [
        () => ['供給企業と購入企業への聞き取り', '公表資料の分析', '市場モデルと前提条件'],
        () => ['情報源とデータ収集', 'トップダウンとボトムアップの推計', '予測の限界'],
      ],
    },
  },
};
