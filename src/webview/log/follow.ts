/** Whether the newest line is kept in view, and how many have come since it was not. */
export interface FollowState {
  readonly following: boolean;
  /** Lines that came after the person scrolled away. */
  readonly unseen: number;
}

export const FOLLOWING: FollowState = { following: true, unseen: 0 };

/** What one scroll event says, in pixels. */
export interface ScrollPlace {
  readonly top: number;
  /** Where the view stood when it was last looked at or set by the log area itself. */
  readonly lastTop: number;
  /** Distance from the lower edge of the view to the end of the content. */
  readonly toEnd: number;
  readonly rowHeight: number;
}

/** Scrolling up lets go; coming back to the last row takes hold again. */
export function afterScroll(state: FollowState, place: ScrollPlace): FollowState {
  if (place.toEnd < place.rowHeight) return FOLLOWING;
  if (state.following && place.top < place.lastTop - 1) return { following: false, unseen: 0 };
  return state;
}

/** `lines` new ones are at the end of what is shown. */
export function afterLines(state: FollowState, lines: number): FollowState {
  return state.following || lines === 0 ? state : { following: false, unseen: state.unseen + lines };
}
