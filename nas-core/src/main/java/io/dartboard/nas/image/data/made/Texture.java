package io.dartboard.nas.image.data.made;

/** The patterns of {@link MadeScenes}, each in a frame of its own whose unit is one period of the pattern. */
enum Texture {
    STRIPES {
        @Override
        boolean inked(double x, double y) {
            return frac(x) < 0.5;
        }
    },
    CHECKS {
        @Override
        boolean inked(double x, double y) {
            return (frac(x) < 0.5) == (frac(y) < 0.5);
        }
    },
    DOTS {
        @Override
        boolean inked(double x, double y) {
            double u = frac(x) - 0.5;
            double v = frac(y) - 0.5;
            return u * u + v * v < 0.3 * 0.3;
        }
    },
    RIPPLES {
        @Override
        boolean inked(double x, double y) {
            return frac(StrictMath.sqrt(x * x + y * y)) < 0.5;
        }
    },
    WAVES {
        @Override
        boolean inked(double x, double y) {
            return frac(x + 0.35 * StrictMath.sin(2 * StrictMath.PI * 0.6 * y)) < 0.5;
        }
    },
    BRICKS {
        @Override
        boolean inked(double x, double y) {
            double row = Math.floor(y * 1.6);
            double shifted = x * 0.8 + (row - 2 * Math.floor(row / 2)) * 0.5;
            return frac(y * 1.6) > 0.2 && frac(shifted) > 0.1;
        }
    },
    ZIGZAG {
        @Override
        boolean inked(double x, double y) {
            return frac(x + 1.2 * Math.abs(frac(0.7 * y) - 0.5)) < 0.5;
        }
    },
    SPIRAL {
        @Override
        boolean inked(double x, double y) {
            double turn = StrictMath.atan2(y, x) / (2 * StrictMath.PI);
            return frac(StrictMath.sqrt(x * x + y * y) + turn) < 0.5;
        }
    },
    RAYS {
        @Override
        boolean inked(double x, double y) {
            return frac(7 * StrictMath.atan2(y, x) / (2 * StrictMath.PI)) < 0.5;
        }
    },
    GRID {
        @Override
        boolean inked(double x, double y) {
            return frac(x) < 0.25 || frac(y) < 0.25;
        }
    };

    /** Whether the pattern is inked at a point of its frame. */
    abstract boolean inked(double x, double y);

    private static double frac(double value) {
        return value - Math.floor(value);
    }
}
