interface Owned {
  readonly metadata?: {
    readonly ownerReferences?: readonly { readonly uid: string; readonly controller?: boolean }[];
  };
}

/** uid of the object that controls this one (metav1.GetControllerOf), empty where nothing does. */
export function controllerUid(object: Owned): string {
  return object.metadata?.ownerReferences?.find((owner) => owner.controller === true)?.uid ?? '';
}
