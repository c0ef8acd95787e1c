import { Select } from "@atrio/kit/ui";
import { useState } from "react";
import type { DocumentSide } from "./places";
import { REGIMES, type TaxCode, useRegimeNames, useTaxLabel } from "./taxCodes";

interface TaxSelectProps {
  ids: object;
  side: DocumentSide;
  value: string;
  /** What the value says if it is none of the codes. */
  otherwise?: string;
  /** What choosing none is called, where that can be chosen. */
  none?: string;
  codes: ReadonlyMap<string, TaxCode>;
  onChange: (code: string) => void;
}

/** All codes enter the page only for the line somebody is about to use: 500 lines times 40 choices would not. */
export function TaxSelect({ ids, side, value, otherwise = value, none, codes, onChange }: TaxSelectProps) {
  const names = useRegimeNames(side);
  const label = useTaxLabel();
  const [near, setNear] = useState(false);
  const now = codes.get(value);
  return (
    <Select
      {...ids}
      value={value}
      onFocus={() => setNear(true)}
      onPointerEnter={() => setNear(true)}
      onChange={(event) => onChange(event.target.value)}
    >
      {none !== undefined && <option value="">{none}</option>}
      {value !== "" && !(near && now) && <option value={value}>{now ? label(now) : otherwise}</option>}
      {near &&
        REGIMES.map((regime) => (
          <optgroup key={regime} label={names[regime]}>
            {[...codes.values()]
              .filter((one) => one.regime === regime)
              .map((one) => (
                <option key={one.code} value={one.code}>
                  {label(one)}
                </option>
              ))}
          </optgroup>
        ))}
    </Select>
  );
}
