/** What a person has said yes to, beyond the confirmation itself. */
export interface Consent {
  /** The deployment's name, typed by hand: a protected context asks for it. */
  readonly typedName?: string;
  /** True where the person was told who will undo this, and wants it all the same. */
  readonly anyway?: boolean;
}

/** What must hold for a write of this deployment. */
export interface Guarded {
  readonly name: string;
  readonly isProtected: boolean;
  /** Who owns the deployment and would undo the change; undefined where nobody would. */
  readonly blocker: string | undefined;
}

/** Why the consent does not suffice, in words; undefined where it does. */
export function lackingConsent(
  { name, isProtected, blocker }: Guarded,
  consent: Consent,
): string | undefined {
  if (blocker !== undefined && consent.anyway !== true) return blocker;
  if (isProtected && !isTypedName(name, consent.typedName ?? ''))
    return `The context is protected: the name ${name} must be typed to confirm.`;
  return undefined;
}

/** Names have no capitals and no spaces, so nothing but blanks around them is forgiven. */
export function isTypedName(name: string, typed: string): boolean {
  return typed.trim() === name;
}
