import type { UserEntry } from './schema.ts';

type Headers = Readonly<Record<string, string | readonly string[]>>;

/** The headers that ask to act as somebody else. Source: client-go, transport/round_trippers.go. */
export function impersonationHeaders(user: UserEntry): Headers {
  if (user.as === '') return {};
  const extra = Object.entries(user['as-user-extra']).map(
    ([key, values]) => [`Impersonate-Extra-${headerKeyEscape(key)}`, values] as const,
  );
  return {
    'Impersonate-User': user.as,
    ...(user['as-uid'] === '' ? {} : { 'Impersonate-Uid': user['as-uid'] }),
    ...(user['as-groups'].length === 0 ? {} : { 'Impersonate-Group': user['as-groups'] }),
    ...Object.fromEntries(extra),
  };
}

/** Bytes that no header's name may have, and `%` itself, as percent and two hexadecimal digits. */
function headerKeyEscape(key: string): string {
  return [...Buffer.from(key)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[!#$&'*+\-.0-9A-Z^_`a-z|~]/.test(character)
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}
