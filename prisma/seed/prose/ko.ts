import { josa } from './josa.ts';
import { myriads, number, separators } from './numbers.ts';
import type { Prose, RegionWords } from './prose.ts';

const region = (name: string): RegionWords => ({ name, subject: name, within: `${name}에서` });

export const ko: Prose = {
  regions: {
    'north-america': region('북미'),
    europe: region('유럽'),
    'asia-pacific': region('아시아 태평양'),
    'latin-america': region('중남미'),
    'middle-east-africa': region('중동·아프리카'),
  },
  money: (usdM) =>
    `${myriads(usdM, { trillion: '조', hundredMillion: '억', tenThousand: '만' }).join(' ')} 달러`,
  percent: (value, decimals) => `${number(value, decimals, separators.english)}%`,
  segmentName: (name) => name,
  title: (market, forecastYear) => `${market} 시장: ${forecastYear}년까지의 전망`,
  openings: [
    ({ market, base, end, size, forecast, cagr }) =>
      `${market} 시장은 ${base}년 ${size} 규모였으며, 연평균 ${cagr} 성장해 ${end}년에는 ${forecast}에 이를 것으로 예상됩니다.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `${base}년 ${size}에서 ${end}년 ${forecast}로, ${market} 시장은 해마다 ${cagr} 성장할 전망입니다.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `당사는 ${base}년 ${market} 시장을 ${size}로 추산하며, 연평균 성장률 ${cagr}를 기록해 ${end}년에는 ${forecast}에 도달할 것으로 보입니다.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `${market} 시장의 ${base}년 매출은 ${size}였으며, ${end}년에는 ${forecast}, 연평균 성장률은 ${cagr}로 예측됩니다.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `${market} 시장은 ${base}년 ${size}에서 ${end}년 ${forecast}로 확대될 것으로 보입니다(연평균 성장률 ${cagr}).`,
    ({ market, base, end, size, forecast, cagr }) =>
      `본 보고서는 ${market} 시장 규모를 ${base}년 ${size}, ${end}년 ${forecast}로 산정했으며, 이는 연간 ${cagr} 성장에 해당합니다.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `${market} 시장의 수요는 ${base}년 총 ${size}에 달했으며, 매년 ${cagr}씩 늘어나 ${end}년에는 ${forecast}가 될 전망입니다.`,
    ({ market, base, end, size, forecast, cagr }) =>
      `연 ${cagr}의 성장이 예상되는 ${market} 시장은 ${base}년 ${size}에서 ${end}년 ${forecast}로 커질 전망입니다.`,
  ],
  segments: [
    ({ by, segment, share, rising, base }) =>
      `${by}별로는 ${base}년 매출의 ${share}를 ${josa(segment, 'subject')} 차지했으며, ${josa(rising, 'subject')} 가장 빠르게 성장했습니다.`,
    ({ by, segment, share, rising }) =>
      `${by}별 구성을 보면 ${josa(segment, 'subject')} ${share}로 가장 크고, 성장세는 ${josa(rising, 'subject')} 가장 강합니다.`,
    ({ by, segment, share, rising, end }) =>
      `${by}별 분석에서는 ${josa(segment, 'subject')} 매출의 ${share}로 선두지만, ${end}년까지 ${josa(rising, 'subject')} 격차를 좁힐 것으로 보입니다.`,
    ({ by, segment, share, rising }) =>
      `${by}별로 나누면 ${josa(segment, 'subject')} ${share}를 차지하는 가운데 ${josa(rising, 'subject')} 입지를 가장 크게 넓히고 있습니다.`,
    ({ by, segment, share, rising, base }) =>
      `${base}년 매출을 ${by}별로 살펴보면 ${share}가 ${segment} 부문에서 나왔고, 앞으로는 ${rising} 부문의 성장이 가장 빠를 것으로 예상됩니다.`,
    ({ by, segment, share, rising, end }) =>
      `${by}별 최대 부문은 매출의 ${share}를 차지하는 ${segment}이지만, ${josa(rising, 'topic')} ${end}년까지 해마다 점유율을 높일 전망입니다.`,
  ],
  regionsCompared: [
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `지역별로는 ${josa(region.subject, 'subject')} 매출의 ${regionShare}로 1위이며, ${josa(risingRegion.subject, 'subject')} 연 ${risingCagr}로 가장 빠르게 성장할 전망입니다.`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `가장 큰 지역 시장은 점유율 ${regionShare}의 ${region.subject}이고, 가장 높은 성장률(연 ${risingCagr})은 ${risingRegion.within} 예상됩니다.`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `매출의 약 ${regionShare}가 ${region.within} 발생하지만, 성장 속도는 연 ${risingCagr}의 ${josa(risingRegion.subject, 'subject')} 앞섭니다.`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `지역을 비교하면 ${josa(region.subject, 'subject')} ${regionShare}로 앞서 있고, ${risingRegion.subject} 매출은 해마다 ${risingCagr}씩 늘어날 것으로 보입니다.`,
    ({ region, regionShare, risingRegion, risingCagr, end }) =>
      `${end}년까지 성장은 ${risingRegion.within} 가장 두드러지겠지만(연 ${risingCagr}), 현재는 ${josa(region.subject, 'subject')} 매출의 ${regionShare}로 선두를 지키고 있습니다.`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `공급사들은 매출의 ${regionShare}를 ${region.within} 올리고 있으며, 새로운 기회는 연 ${risingCagr} 성장하는 ${risingRegion.within} 커지고 있습니다.`,
    ({ region, regionShare, risingRegion, risingCagr }) =>
      `지역별로 보면 시장의 ${regionShare}를 차지하는 ${josa(region.subject, 'object')} 연 ${risingCagr} 성장하는 ${josa(risingRegion.subject, 'subject')} 추격하고 있습니다.`,
  ],
  forces: [
    ({ driver, otherDriver, restraint }) =>
      `${josa(driver, 'and')} ${josa(otherDriver, 'subject')} 성장을 뒷받침하는 한편, ${josa(restraint, 'subject')} 주된 제약으로 작용합니다.`,
    ({ driver, otherDriver, restraint }) =>
      `시장에는 ${josa(driver, 'and')} ${josa(otherDriver, 'subject')} 순풍으로, ${josa(restraint, 'subject')} 역풍으로 작용합니다.`,
    ({ driver, otherDriver, restraint }) =>
      `공급사에는 ${josa(driver, 'and')} ${josa(otherDriver, 'subject')} 호재로 작용하지만, ${restraint}에도 대비해야 합니다.`,
    ({ driver, otherDriver, restraint }) =>
      `성장을 이끄는 요인은 ${josa(driver, 'and')} ${otherDriver}이지만, ${josa(restraint, 'subject')} 성장 속도를 늦출 수 있습니다.`,
    ({ driver, otherDriver, restraint }) =>
      `이러한 수치의 배경에는 ${josa(driver, 'and')} ${josa(otherDriver, 'subject')} 있으며, 가장 큰 위험 요인은 ${restraint}입니다.`,
    ({ driver, otherDriver, restraint }) =>
      `당사 애널리스트는 가장 강한 성장 요인으로 ${josa(driver, 'and')} ${josa(otherDriver, 'object')}, 가장 큰 장애물로 ${josa(restraint, 'object')} 꼽습니다.`,
    ({ driver, otherDriver, restraint }) =>
      `이번 전망은 ${josa(driver, 'and')} ${josa(otherDriver, 'object')} 전제로 하며, 불확실한 요소인 ${restraint}도 반영했습니다.`,
    ({ driver, otherDriver, restraint }) =>
      `시장을 특징짓는 두 흐름은 ${josa(driver, 'and')} ${otherDriver}이지만, ${restraint}에는 주의가 필요합니다.`,
    ({ driver, otherDriver, restraint }) =>
      `수주 확대의 요인으로는 ${josa(driver, 'and')} ${josa(otherDriver, 'subject')}, 걸림돌로는 ${josa(restraint, 'subject')} 꼽힙니다.`,
  ],
  space: ' ',
  contents: {
    summary: {
      title: '요약',
      sections: [
        ({ base, end }) => [`한눈에 보는 시장, ${base}~${end}년`, '주요 조사 결과', '성장의 원천'],
        ({ base, end }) => ['가장 중요한 10가지 결과', `${base}년과 ${end}년의 시장 규모`, '지금 해야 할 일'],
        ({ end }) => ['조사 결과 요점', `${end}년까지의 시나리오`, '공급사와 투자자를 위한 제언'],
      ],
    },
    scope: {
      title: '조사 범위와 정의',
      sections: [
        () => ['시장의 정의', '조사 대상 부문과 지역', '통화와 가격'],
        ({ base }) => ['시장의 경계', '용어 설명', `기준 연도(${base}년)와 가격 기준`],
      ],
    },
    forces: {
      title: '시장 동향',
      driver: (phrase) => `성장 요인: ${phrase}`,
      restraint: (phrase) => `제약 요인: ${phrase}`,
      sections: [
        () => ['시장 기회', '경쟁 요인 분석'],
        () => ['신규 진입 기회', '정치·경제 환경'],
        ({ end }) => [`${end}년까지의 추세`, '예측의 민감도 분석'],
      ],
    },
    valueChain: {
      title: '가치사슬과 규제',
      sections: [
        () => ['공급사와 투입재', '가격 추이', '표준과 규제'],
        () => ['원재료에서 고객까지', '원가 구조와 이익률', '특허와 연구개발'],
        () => ['조달과 교역 흐름', '기술 로드맵', '지역별 규제'],
      ],
    },
    bySegment: (by) => `${by}별 시장`,
    byRegion: '지역별 시장',
    competition: {
      title: '경쟁 환경',
      sections: [
        ({ base }) => [`${base}년 시장 점유율`, '인수·합병 및 제휴', '기업 프로필'],
        () => ['주요 공급사의 포지셔닝', '신제품 출시', '기업 프로필'],
        () => ['시장 집중도', '선두 기업과 도전 기업의 전략', '기업 프로필'],
      ],
    },
    method: {
      title: '조사 방법',
      sections: [
        () => ['공급사 및 구매 기업 인터뷰', '공개 자료 분석', '시장 모델과 가정'],
        () => ['정보원과 자료 수집', '하향식 및 상향식 추정', '예측의 한계'],
      ],
    },
  },
};
