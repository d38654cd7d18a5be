import type { Alert, AlertName } from '@tbi/operations';
import type { Figures } from './figures.ts';
import { fill, type Labels } from './labels.ts';

interface AlertsProps {
  readonly alerts: readonly Alert[];
  readonly labels: Labels;
  readonly figures: Figures;
}

export function Alerts({ alerts, labels, figures }: AlertsProps) {
  const names: Readonly<Record<AlertName, string>> = {
    'redis-down': labels.alertRedisDown,
    'breaker-open': labels.alertBreakerOpen,
    memory: labels.alertMemory,
    connections: labels.alertConnections,
    'slow-queries': labels.alertSlowQueries,
    evictions: labels.alertEvictions,
    'rejected-connections': labels.alertRejected,
    replication: labels.alertReplication,
    'log-lag': labels.alertLogLag,
    'hit-rate-drop': labels.alertHitRateDrop,
  };
  const write = (alert: Alert, value: number) => {
    if (alert.unit === 'percent') return figures.share(value / 100);
    if (alert.unit === 'bytes') return figures.bytes(value);
    return alert.unit === 'ms' ? figures.duration(value) : figures.whole(value);
  };
  return (
    <div aria-live="polite">
      <h2 className="sr-only">{labels.alerts}</h2>
      {alerts.length === 0 ? (
        <p className="text-sm text-muted">{labels.noAlerts}</p>
      ) : (
        <ul className="space-y-2">
          {alerts.map((alert) => (
            <li
              key={alert.name}
              className={`flex flex-wrap items-baseline justify-between gap-x-6 border-s-4 px-4 py-2 text-sm ${
                alert.severity === 'critical' ? 'border-alarm bg-alarm-tint' : 'border-edge bg-panel'
              }`}
            >
              <span>
                <span className="font-semibold">
                  {alert.severity === 'critical' ? labels.critical : labels.warning}
                </span>{' '}
                {names[alert.name]}
              </span>
              <span className="figures text-muted">
                {fill(labels.figureOfThreshold, {
                  figure: write(alert, alert.figure),
                  threshold: write(alert, alert.threshold),
                })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
