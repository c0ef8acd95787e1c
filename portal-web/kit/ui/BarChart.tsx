import { useEffect, useId, useRef, useState } from "react";
import { useWords } from "../words/WordsProvider";
import styles from "./BarChart.module.css";
import { Button } from "./Button";

export interface BarGroup {
  /** Short name under the group, such as a month. */
  label: string;
  /** Full name, for the table and screen readers. */
  name: string;
  /** One decimal text per series. */
  values: readonly string[];
}

interface BarChartProps {
  title: string;
  /** Names of the series; the first is filled, the second outlined. */
  series: readonly [string] | readonly [string, string];
  groups: readonly BarGroup[];
  /** Prints a value in full; also on the axis. */
  format: (value: string) => string;
  /** Sentence under an all-zero chart. */
  emptyNote?: string;
}

const HEIGHT = 200;
const TOP = 12;
const BOTTOM = 22;
const AXIS = 64;
const TICKS = 4;

/** Bars drawn at the measured width, so words keep their size; the same numbers stand in a table twin. */
export function BarChart({ title, series, groups, format, emptyNote }: BarChartProps) {
  const i18n = useWords();
  const id = useId();
  const [asTable, setAsTable] = useState(false);
  const [box, width] = useWidth();
  const highest = Math.max(0, ...groups.flatMap(({ values }) => values.map(Number)));
  const top = niceTop(highest);
  const y = (value: number) => HEIGHT - BOTTOM - (value / top) * (HEIGHT - TOP - BOTTOM);
  const step = Math.max(0, (width - AXIS) / Math.max(1, groups.length));
  const bar = Math.min(22, (step * 0.7) / series.length);
  return (
    <figure className={styles.figure} aria-labelledby={id}>
      <figcaption className={styles.head}>
        <h2 id={id}>{title}</h2>
        <span className={styles.legend}>
          {series.map((name, at) => (
            <span key={name}>
              <i className={at === 0 ? styles.filled : styles.outlined} />
              {name}
            </span>
          ))}
        </span>
        <Button kind="bare" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? i18n.t("Show as chart") : i18n.t("Show as table")}
        </Button>
      </figcaption>
      <div ref={box} className={styles.box}>
        {!asTable && width > 0 && (
          <svg width={width} height={HEIGHT} aria-hidden="true" className={styles.chart}>
            {Array.from({ length: TICKS + 1 }, (_, tick) => (top / TICKS) * tick).map((value) => (
              <g key={value}>
                <line x1={AXIS} x2={width} y1={y(value)} y2={y(value)} className={styles.grid} />
                <text x={AXIS - 8} y={y(value) + 4} textAnchor="end">
                  {format(String(value)).replace(/[.,]00(?=\D|$)/, "")}
                </text>
              </g>
            ))}
            {groups.map(({ label, values }, group) => (
              <g key={label}>
                {values.map((value, at) => (
                  <rect
                    key={series[at]}
                    x={AXIS + step * (group + 0.5) + (at - series.length / 2) * bar + 1}
                    width={Math.max(1, bar - 2)}
                    y={y(Math.max(0, Number(value)))}
                    height={Math.max(0, y(0) - y(Math.max(0, Number(value))))}
                    className={at === 0 ? styles.first : styles.second}
                  />
                ))}
                {(step >= 28 || group % 2 === 0) && (
                  <text x={AXIS + step * (group + 0.5)} y={HEIGHT - 6} textAnchor="middle">
                    {label}
                  </text>
                )}
              </g>
            ))}
          </svg>
        )}
        <table className={asTable ? styles.table : "unseen"}>
          <caption className="unseen">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{i18n.t("Month")}</th>
              {series.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map(({ name, values }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {values.map((value, at) => (
                  <td key={series[at]}>{format(value)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {highest === 0 && emptyNote && <p className={styles.note}>{emptyNote}</p>}
    </figure>
  );
}

/** The next round number: 1, 2, 2.5 or 5 times a power of ten. */
function niceTop(highest: number): number {
  if (highest <= 0) return 100;
  const power = 10 ** Math.floor(Math.log10(highest));
  return ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= highest) ?? 10) * power;
}

function useWidth() {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!ref.current) return undefined;
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    watch.observe(ref.current);
    return () => watch.disconnect();
  }, []);
  return [ref, width] as const;
}
