import { aerospace } from './markets/aerospace.ts';
import { agriculture } from './markets/agriculture.ts';
import { automotive } from './markets/automotive.ts';
import { banking } from './markets/banking.ts';
import { chemicals } from './markets/chemicals.ts';
import { construction } from './markets/construction.ts';
import { consumerGoods } from './markets/consumer-goods.ts';
import { energy } from './markets/energy.ts';
import { food } from './markets/food.ts';
import { healthcare } from './markets/healthcare.ts';
import { informationTechnology } from './markets/information-technology.ts';
import { semiconductors } from './markets/semiconductors.ts';
import type { Category } from './vocabulary.ts';

/** In the order in which the site shows them. */
export const categories: readonly Category[] = [
  healthcare,
  semiconductors,
  energy,
  chemicals,
  automotive,
  food,
  aerospace,
  informationTechnology,
  consumerGoods,
  banking,
  agriculture,
  construction,
];
