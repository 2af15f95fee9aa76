const stamp = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):(\d\d))$/;

/**
 * A kubelet's time stamp as UTC with nine decimals, so that stamps compare as text; undefined where the text is none. Nodes that
 * do not run in UTC write their own offset (RFC3339Nano of the container runtime).
 */
export function utcStamp(text: string): string | undefined {
  const parts = stamp.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', sign, offsetHours, offsetMinutes] = parts;
  const decimals = fraction.padEnd(9, '0');
  if (sign === undefined) return `${year}-${month}-${day}T${hour}:${minute}:${second}.${decimals}Z`;
  const offset = (sign === '-' ? -1 : 1) * (Number(offsetHours) * 60 + Number(offsetMinutes));
  const minutes =
    (daysSince1970(Number(year), Number(month), Number(day)) * 24 + Number(hour)) * 60 +
    Number(minute) -
    offset;
  const date = dateOf(Math.floor(minutes / 1440));
  const inDay = ((minutes % 1440) + 1440) % 1440;
  return `${date}T${two(Math.floor(inDay / 60))}:${two(inDay % 60)}:${second}.${decimals}Z`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

/** Days of the proleptic Gregorian calendar, counted in years that begin in March (H. Hinnant, days_from_civil). */
function daysSince1970(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468;
}

/** The other way round (H. Hinnant, civil_from_days). */
function dateOf(days: number): string {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const inEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36_524) - Math.floor(inEra / 146_096)) / 365,
  );
  const dayOfYear = inEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const march = Math.floor((5 * dayOfYear + 2) / 153);
  const month = march < 10 ? march + 3 : march - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(dayOfYear - Math.floor((153 * march + 2) / 5) + 1)}`;
}
