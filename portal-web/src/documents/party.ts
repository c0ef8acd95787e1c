/** A side of a document. */
export interface Party {
  name: string;
  taxId?: string | null;
  address?: string | null;
  postcode?: string | null;
  city?: string | null;
  province?: string | null;
  country?: string | null;
}

/**
 * Street, then postcode and town with the province if it has another name, then the country if
 * `countryName` is given: only where the two sides live in different ones. As the PDF prints it.
 */
export function addressLines(party: Party, countryName?: (code: string) => string): string[] {
  const { address, postcode, city, province, country } = party;
  let town = [postcode, city].filter(Boolean).join(" ");
  if (province && province !== city) town = town ? `${town} (${province})` : province;
  return [address, town, countryName && country ? countryName(country) : undefined].filter((line) => line) as string[];
}
