package io.dartboard.nas.image.data.made;

/** The forms of {@link MadeShapes}, each in a frame of its own whose unit is about the form's radius. */
enum Shape {
    DISC {
        @Override
        boolean covers(double x, double y) {
            return x * x + y * y < 0.9 * 0.9;
        }
    },
    RING {
        @Override
        boolean covers(double x, double y) {
            double r = StrictMath.sqrt(x * x + y * y);
            return r < 0.95 && r > 0.55;
        }
    },
    SQUARE {
        @Override
        boolean covers(double x, double y) {
            return Math.abs(x) < 0.8 && Math.abs(y) < 0.8;
        }
    },
    FRAME {
        @Override
        boolean covers(double x, double y) {
            double reach = Math.max(Math.abs(x), Math.abs(y));
            return reach < 0.85 && reach > 0.48;
        }
    },
    TRIANGLE {
        @Override
        boolean covers(double x, double y) {
            return y < 0.6 && y > 1.75 * Math.abs(x) - 1.05;
        }
    },
    STAR {
        @Override
        boolean covers(double x, double y) {
            double r = StrictMath.sqrt(x * x + y * y);
            double fifth = 2 * StrictMath.PI / 5;
            double turn = StrictMath.atan2(y, x) / fifth;
            double fromPoint = Math.abs(turn - Math.floor(turn + 0.5)) * 2;
            return r < 1.1 - 0.72 * fromPoint;
        }
    },
    CROSS {
        @Override
        boolean covers(double x, double y) {
            double ax = Math.abs(x);
            double ay = Math.abs(y);
            return Math.max(ax, ay) < 0.95 && Math.min(ax, ay) < 0.3;
        }
    },
    CRESCENT {
        @Override
        boolean covers(double x, double y) {
            double dx = x - 0.5;
            return x * x + y * y < 0.95 * 0.95 && dx * dx + y * y > 0.75 * 0.75;
        }
    },
    BARS {
        @Override
        boolean covers(double x, double y) {
            double third = (x + 0.9) / 0.72;
            return Math.abs(x) < 0.9 && Math.abs(y) < 0.9 && third - Math.floor(third) < 0.5;
        }
    },
    ARROW {
        @Override
        boolean covers(double x, double y) {
            boolean head = y < 0 && y > 1.2 * Math.abs(x) - 1.0;
            boolean shaft = y >= 0 && y < 0.95 && Math.abs(x) < 0.25;
            return head || shaft;
        }
    };

    /** Whether the form covers a point of its frame. */
    abstract boolean covers(double x, double y);
}
