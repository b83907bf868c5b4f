package dev.lanewise.golden;

import static dev.lanewise.golden.Calls.add;
import static dev.lanewise.golden.Calls.change;
import static dev.lanewise.golden.Calls.map;

import dev.lanewise.Tensor;

/** Functions of one tensor. */
final class UnaryCalls {
    private UnaryCalls() {}

    static void fill() {
        functions();
        inPlace();
    }

    private static void functions() {
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
        trigonometry();
        special();
    }

    private static void trigonometry() {
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
    }

    private static void special() {
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
        add(
                "torch.polygamma",
                a -> a.only("n").tensor(1).polygamma(a.number(0, "n").intValue()));
    }

    private static void inPlace() {
        change("Tensor.exp2_", Tensor::exp2_);
        change("Tensor.expm1_", Tensor::expm1_);
        change("Tensor.log2_", Tensor::log2_);
        change("Tensor.log10_", Tensor::log10_);
        change("Tensor.log1p_", Tensor::log1p_);
        change("Tensor.rsqrt_", Tensor::rsqrt_);
        change("Tensor.reciprocal_", Tensor::reciprocal_);
        change("Tensor.sin_", Tensor::sin_);
        change("Tensor.cos_", Tensor::cos_);
        change("Tensor.tan_", Tensor::tan_);
        change("Tensor.asin_", Tensor::asin_);
        change("Tensor.acos_", Tensor::acos_);
        change("Tensor.atan_", Tensor::atan_);
        change("Tensor.sinh_", Tensor::sinh_);
        change("Tensor.cosh_", Tensor::cosh_);
        change("Tensor.asinh_", Tensor::asinh_);
        change("Tensor.acosh_", Tensor::acosh_);
        change("Tensor.atanh_", Tensor::atanh_);
        change("Tensor.ceil_", Tensor::ceil_);
        change("Tensor.floor_", Tensor::floor_);
        change("Tensor.trunc_", Tensor::trunc_);
        change("Tensor.frac_", Tensor::frac_);
        change("Tensor.erf_", Tensor::erf_);
        change("Tensor.erfc_", Tensor::erfc_);
        change("Tensor.erfinv_", Tensor::erfinv_);
        change("Tensor.lgamma_", Tensor::lgamma_);
        change("Tensor.digamma_", Tensor::digamma_);
        change("Tensor.deg2rad_", Tensor::deg2rad_);
        change("Tensor.rad2deg_", Tensor::rad2deg_);
        change("Tensor.sinc_", Tensor::sinc_);
        change("Tensor.bitwise_not_", Tensor::bitwiseNot_);
        add("Tensor.round_", a -> {
            Number decimals = given(a.only("decimals"), 1, "decimals");
            Tensor x = a.tensor(0).clone();
            return decimals == null ? x.round_() : x.round_(decimals.intValue());
        });
        add("Tensor.logit_", a -> {
            Number eps = given(a.only("eps"), 1, "eps");
            Tensor x = a.tensor(0).clone();
            return eps == null ? x.logit_() : x.logit_(eps.doubleValue());
        });
        add(
                "Tensor.nan_to_num_",
                a -> a.only("nan", "posinf", "neginf")
                        .tensor(0)
                        .clone()
                        .nanToNum_(given(a, 1, "nan"), given(a, 2, "posinf"), given(a, 3, "neginf")));
        add(
                "Tensor.polygamma_",
                a -> a.only("n").tensor(0).clone().polygamma_(a.number(1, "n").intValue()));
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
