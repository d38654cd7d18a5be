import {
  Building2,
  Car,
  Cpu,
  FlaskConical,
  HeartPulse,
  Landmark,
  type LucideIcon,
  Plane,
  Server,
  Shapes,
  ShoppingBag,
  Utensils,
  Wheat,
  Zap,
} from 'lucide-react';

/** The icons that categories may name. Listed, so that browsers load these and not the whole set. */
const icons: Readonly<Record<string, LucideIcon>> = {
  'building-2': Building2,
  car: Car,
  cpu: Cpu,
  'flask-conical': FlaskConical,
  'heart-pulse': HeartPulse,
  landmark: Landmark,
  plane: Plane,
  server: Server,
  'shopping-bag': ShoppingBag,
  utensils: Utensils,
  wheat: Wheat,
  zap: Zap,
};

/** The drawing of a category. Decoration: its name stands beside it. */
export function CategoryIcon({ name, className }: { name: string; className?: string }) {
  const Icon = icons[name] ?? Shapes;
  return <Icon className={className} strokeWidth={1.4} aria-hidden="true" />;
}
