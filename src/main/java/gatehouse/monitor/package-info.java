/**
 * The live picture for staff 实时监测: a day's figures per compound, grid and building, once or as a stream. Owns no table and counts
 * nothing itself: each feature brings its figures as a {@link gatehouse.monitor.FigureSource}, which reads the day's rows, never the history.
 */
@NullMarked
package gatehouse.monitor;

import org.jspecify.annotations.NullMarked;
