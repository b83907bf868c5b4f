package dev.lanewise.golden;

import static dev.lanewise.golden.Calls.add;
import static dev.lanewise.golden.Calls.map;

import dev.lanewise.Tensor;

/** Functions of one tensor. */
final class UnaryCalls {
    private UnaryCalls() {}

    static void fill() {
        map("torch.abs", Tensor::abs);
        map("torch.neg", Tensor::neg);
        map("torch.sign", Tensor::sign);
        map("torch.exp", Tensor::exp);
        map("torch.log", Tensor::log);
        map("torch.sqrt", Tensor::sqrt);
        map("torch.square", Tensor::square);
        map("torch.relu", Tensor::relu);
        map("torch.sigmoid", Tensor::sigmoid);
        map("torch.tanh", Tensor::tanh);
        map("torch.exp2", Tensor::exp2);
        map("torch.expm1", Tensor::expm1);
        map("torch.log2", Tensor::log2);
        map("torch.log10", Tensor::log10);
        map("torch.log1p", Tensor::log1p);
        map("torch.rsqrt", Tensor::rsqrt);
        map("torch.reciprocal", Tensor::reciprocal);
        map("torch.sin", Tensor::sin);
        map("torch.cos", Tensor::cos);
        map("torch.tan", Tensor::tan);
        map("torch.asin", Tensor::asin);
        map("torch.acos", Tensor::acos);
        map("torch.atan", Tensor::atan);
        map("torch.sinh", Tensor::sinh);
        map("torch.cosh", Tensor::cosh);
        map("torch.asinh", Tensor::asinh);
        map("torch.acosh", Tensor::acosh);
        map("torch.atanh", Tensor::atanh);
        map("torch.ceil", Tensor::ceil);
        map("torch.floor", Tensor::floor);
        map("torch.trunc", Tensor::trunc);
        map("torch.frac", Tensor::frac);
        map("torch.erf", Tensor::erf);
        map("torch.erfc", Tensor::erfc);
        map("torch.erfinv", Tensor::erfinv);
        map("torch.lgamma", Tensor::lgamma);
        map("torch.digamma", Tensor::digamma);
        map("torch.deg2rad", Tensor::deg2rad);
        map("torch.rad2deg", Tensor::rad2deg);
        map("torch.sinc", Tensor::sinc);
        map("torch.isnan", Tensor::isnan);
        map("torch.isinf", Tensor::isinf);
        map("torch.isfinite", Tensor::isfinite);
        map("torch.signbit", Tensor::signbit);
        map("torch.isposinf", Tensor::isposinf);
        map("torch.isneginf", Tensor::isneginf);
        map("torch.logical_not", Tensor::logicalNot);
        map("torch.bitwise_not", Tensor::bitwiseNot);
        add("torch.round", UnaryCalls::round);
        add("torch.logit", UnaryCalls::logit);
        add("torch.nan_to_num", UnaryCalls::nanToNum);
        add("torch.polygamma", a -> a.only("n").tensor(1).polygamma(a.number(0, "n").intValue()));
    }

    private static Tensor round(Arguments a) {
        Number decimals = given(a.only("decimals"), 1, "decimals");
        return decimals == null ? a.tensor(0).round() : a.tensor(0).round(decimals.intValue());
    }

    private static Tensor logit(Arguments a) {
        Number eps = given(a.only("eps"), 1, "eps");
        return eps == null ? a.tensor(0).logit() : a.tensor(0).logit(eps.doubleValue());
    }

    private static Tensor nanToNum(Arguments a) {
        a.only("nan", "posinf", "neginf");
        return a.tensor(0).nanToNum(given(a, 1, "nan"), given(a, 2, "posinf"), given(a, 3, "neginf"));
    }

    /** An argument that may be left out or None, which is null. */
    private static Number given(Arguments a, int place, String name) {
        return !a.has(place, name) || a.get(place, name) == Arguments.NONE ? null : a.number(place, name);
    }
}
