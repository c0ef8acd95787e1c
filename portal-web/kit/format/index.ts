export {
  formatDate,
  formatInstant,
  formatMonth,
  formatRelative,
  type IsoDate,
  isoDate,
  localDate,
  parseDate,
  shiftDays,
} from "./dates";
export { fold, matches } from "./fold";
export {
  formatCount,
  formatDecimal,
  formatMoney,
  formatPercent,
  fromMinor,
  isZero,
  parseAmount,
  subtractMoney,
  sumMoney,
  toMinor,
} from "./money";
export { useFormats } from "./useFormats";
