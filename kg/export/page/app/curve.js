// Where a bent strand runs: the same curve that vis-network draws for curvedCW and curvedCCW.

/** The control point of the curve between two points. */
export function control(from, to, bend) {
  const radius = Math.hypot(to.x - from.x, to.y - from.y);
  const far = (Math.abs(bend) + 1) / 2;
  const angle = Math.atan2(from.y - to.y, to.x - from.x) + (bend / 2 + 0.5) * Math.PI;
  return { x: from.x + far * radius * Math.sin(angle), y: from.y + far * radius * Math.cos(angle) };
}

/** The point at a share of the way along the curve. */
export function pointAt(from, to, bend, share) {
  const via = control(from, to, bend);
  const rest = 1 - share;
  return {
    x: rest * rest * from.x + 2 * rest * share * via.x + share * share * to.x,
    y: rest * rest * from.y + 2 * rest * share * via.y + share * share * to.y,
  };
}
