import styles from "./Frame.module.css";
import { useBranding } from "./viewer";

/** The firm's logo, or its name where there is none. */
export function Brand() {
  const { branding } = useBranding();
  if (!branding) return <span className={styles.brand} />;
  if (!branding.logoUrl) return <span className={styles.brand}>{branding.name}</span>;
  return <img className={styles.logo} src={branding.logoUrl} alt={branding.name} height={32} />;
}
